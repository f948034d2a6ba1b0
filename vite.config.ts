/**
 * The extension, one mode per output:
 *   chromium, firefox  the extension's pages and worker, from manifest.json
 *   bridge             the content script as one self-contained file (OUT names the folder of the extension it belongs to)
 *   standalone         the panel as an ordinary page
 */
import { readdirSync } from 'node:fs'
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin'
import { type BuildEnvironmentOptions, defineConfig, type UserConfig } from 'vite'
import { aliases } from './scripts/lib/aliases.ts'
import { manifestFor, type Target } from './scripts/lib/manifest.ts'
import { fromRoot } from './scripts/lib/paths.ts'

const extension = fromRoot('packages/extension')
const source = (path: string) => `${extension}/src/${path}`

const common = {
  root: extension,
  base: './',
  resolve: { alias: aliases },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
} satisfies UserConfig

const output = (folder: string): BuildEnvironmentOptions => ({
  outDir: `${extension}/dist/${folder}`,
  emptyOutDir: true,
  target: 'es2023',
  minify: true,
  sourcemap: false,
  // The polyfill fetches; the extension's policy forbids every connection.
  modulePreload: { polyfill: false },
  assetsInlineLimit: 0,
})

function extensionConfig(target: Target): UserConfig {
  const pages = readdirSync(source('panel')).filter(name => name.endsWith('.html') && name !== 'standalone.html')
  return {
    ...common,
    plugins: [
      crx({
        manifest: manifestFor(target) as unknown as ManifestV3Export,
        browser: target === 'firefox' ? 'firefox' : 'chrome',
      }),
    ],
    build: { ...output(target), rolldownOptions: { input: pages.map(name => source(`panel/${name}`)) } },
  }
}

const bridgeConfig = (): UserConfig => ({
  ...common,
  publicDir: false,
  build: {
    ...output(process.env.OUT ?? 'chromium'),
    emptyOutDir: false,
    rolldownOptions: {
      input: source('bridge/bridge.iife.ts'),
      output: { format: 'iife', entryFileNames: 'bridge.js' },
    },
  },
})

const standaloneConfig = (): UserConfig => ({
  ...common,
  root: source('panel'),
  build: { ...output('standalone'), rolldownOptions: { input: source('panel/standalone.html') } },
})

export default defineConfig(({ mode }) => {
  if (mode === 'bridge') return bridgeConfig()
  if (mode === 'standalone') return standaloneConfig()
  return extensionConfig(mode === 'firefox' ? 'firefox' : 'chromium')
})
