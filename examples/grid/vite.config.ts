import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: from('.'),
  base: './',
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', sourcemap: true },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: [
      { find: /^@playhead\/shared\/(.*)$/, replacement: from('../../packages/shared/src/$1') },
      { find: /^@playhead\/sdk$/, replacement: from('../../packages/sdk/src/index.ts') },
      { find: /^@playhead\/sdk\/(.*)$/, replacement: from('../../packages/sdk/src/entries/$1') },
    ],
  },
})
