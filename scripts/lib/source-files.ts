import { readdirSync } from 'node:fs'
import { sep } from 'node:path'
import { fromRoot } from './paths.ts'

/**
 * Returns the files under some folders whose path matches, as paths from the root with forward slashes, except what is installed or built.
 */
export function sourceFiles(folders: readonly string[], wanted: RegExp): string[] {
  const files = folders.flatMap(folder =>
    readdirSync(fromRoot(folder), { recursive: true, encoding: 'utf8' }).map(
      name => `${folder}/${name.split(sep).join('/')}`,
    ),
  )
  return [...new Set(files)].filter(file => wanted.test(file) && !/(^|\/)(node_modules|dist)\//.test(file))
}
