/** Builds the SDK as apps install it: one ES module for each entry, with everything bundled, and the declarations of its types. */
import { readdirSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { build, type Rollup } from 'vite'
import { aliases } from './aliases.ts'
import { writeDeclarations } from './declarations.ts'
import { fromRoot } from './paths.ts'

const sdk = fromRoot('packages/sdk')

/** Builds into packages/sdk/dist, which is emptied before. */
export async function buildSdk(): Promise<void> {
  const entries = readdirSync(`${sdk}/src/entries`)
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(name => basename(name, '.ts'))
  rmSync(`${sdk}/dist`, { recursive: true, force: true })
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root: sdk,
    publicDir: false,
    resolve: { alias: aliases },
    build: {
      outDir: 'dist',
      target: 'es2022',
      // The app's own bundler minifies; names and comments here help whoever debugs.
      minify: false,
      sourcemap: true,
      lib: {
        formats: ['es'],
        entry: { index: 'src/index.ts', ...Object.fromEntries(entries.map(name => [name, `src/entries/${name}.ts`])) },
      },
      rolldownOptions: { output: { chunkFileNames: 'chunks/[name].js' } },
    },
  })
  refuseImports(Array.isArray(result) ? result : [result as Rollup.RollupOutput])
  writeDeclarations(['index', ...entries.map(name => `entries/${name}`)], `${sdk}/dist/types`)
}

/** Throws where a built module imports anything outside of the package: the SDK has no dependencies at runtime. */
function refuseImports(results: Rollup.RollupOutput[]): void {
  for (const chunk of results.flatMap(result => result.output)) {
    if (chunk.type !== 'chunk') continue
    const files = new Set(results.flatMap(result => result.output.map(file => file.fileName)))
    const foreign = [...chunk.imports, ...chunk.dynamicImports].filter(name => !files.has(name))
    if (foreign.length > 0) throw new Error(`packages/sdk/dist/${chunk.fileName} imports ${foreign.join(', ')}`)
  }
}
