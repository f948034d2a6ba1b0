import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { fromRoot } from '../../scripts/lib/paths.ts'
import type { BenchRow } from './row.ts'

/** Bundle sizes as an app's bundler would make them, minified and gzipped. */
export async function benchSizes(): Promise<BenchRow[]> {
  const core = await bundled(
    `export { createRecorder } from '${fromRoot('packages/sdk/dist/core.js')}'\nexport { mittAdapter } from '${fromRoot('packages/sdk/dist/mitt.js')}'`,
  )
  const full = await bundled(
    `export { createRecorder } from '${fromRoot('packages/sdk/dist/index.js')}'\nexport { mittAdapter } from '${fromRoot('packages/sdk/dist/mitt.js')}'`,
  )
  const bridge = gzipSync(readFileSync(fromRoot('packages/extension/dist/chromium/bridge.js')), { level: 9 }).length
  return [
    {
      what: 'SDK core with one adapter',
      value: core.first / 1000,
      unit: 'kB gzip',
      budget: { max: 14 },
      note: 'minified; what the page loads, without what the bundler adds of its own',
    },
    {
      what: 'SDK core, the link to the panel',
      value: core.later / 1000,
      unit: 'kB gzip',
      note: 'minified; loaded when a panel first offers itself, or with the first artifact',
    },
    { what: 'SDK with history, replay and one adapter', value: (full.first + full.later) / 1000, unit: 'kB gzip' },
    { what: 'bridge', value: bridge / 1000, unit: 'kB gzip', budget: { max: 2 } },
  ]
}

/** Bytes of what is loaded at once, and of what is loaded on demand. */
async function bundled(source: string): Promise<{ first: number; later: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-size-'))
  try {
    const entry = join(folder, 'entry.js')
    writeFileSync(entry, source)
    const result = await build({
      logLevel: 'silent',
      configFile: false,
      // Not as a library: there vite leaves the white space in. As for a server: without vite's own helper for `import()`, about 0.6 kB
      // that an app has once, whatever it loads later.
      build: {
        write: false,
        ssr: true,
        target: 'es2022',
        rolldownOptions: { input: entry, preserveEntrySignatures: 'strict', output: { minify: true } },
      },
    })
    const outputs = (Array.isArray(result) ? result : [result]).flatMap(part => ('output' in part ? part.output : []))
    const chunks = outputs.filter(output => output.type === 'chunk')
    const first = new Set(chunks.filter(chunk => chunk.isEntry).map(chunk => chunk.fileName))
    for (const name of first)
      for (const other of chunks.find(chunk => chunk.fileName === name)?.imports ?? []) first.add(other)
    const size = (wanted: boolean) => {
      const code = chunks.map(chunk => (first.has(chunk.fileName) === wanted ? chunk.code : '')).join('')
      return code === '' ? 0 : gzipSync(code, { level: 9 }).length
    }
    return { first: size(true), later: size(false) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
