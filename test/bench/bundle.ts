import { build } from 'vite'
import { aliases } from '../../scripts/lib/aliases.ts'
import { fromRoot } from '../../scripts/lib/paths.ts'

/** A module and all it imports as one script for a page. */
export async function bundled(entry: string, format: 'es' | 'iife' = 'es'): Promise<string> {
  const result = await build({
    logLevel: 'silent',
    configFile: false,
    resolve: { alias: aliases },
    build: {
      write: false,
      target: 'es2023',
      lib: { entry: fromRoot(entry), formats: [format], name: 'bundle' },
    },
  })
  const outputs = (Array.isArray(result) ? result : [result]).flatMap(part => ('output' in part ? part.output : []))
  return outputs.map(output => (output.type === 'chunk' ? output.code : '')).join('')
}
