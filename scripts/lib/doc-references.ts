import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { fromRoot } from './paths.ts'

/** Folders that a path in a document may leave out, as `search/scan/indexer.ts` does. */
const BASES = [
  '',
  'packages/shared/src',
  'packages/shared/src/filter',
  'packages/engine/src',
  'packages/sdk/src',
  'packages/extension/src',
  'packages/extension/src/panel',
]
const PATH = /^\.{0,2}[\w@-][\w@.-]*(\/[\w@.-]+)+\/?$/
/** What a recipe makes has these names. */
const EXAMPLE = /\/(acme|timing)[.-]/
/** What looks like a path and is none: names of npm packages, files that a build makes, addresses. */
const OTHER = /^@|^playhead\/|(^|\/)(dist|node_modules)\/|^(https?|chrome|about):/

/** Returns a sentence for each path, link or script that a document names and that is not there. `scripts` are those of package.json. */
export function missingIn(doc: string, text: string, scripts: readonly string[]): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  const links = [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(match => match[1]!)
    .filter(link => !OTHER.test(link) && !existsSync(fromRoot(posix.join(posix.dirname(doc), link))))
  const paths = [...prose.matchAll(/`([^`\n]+)`/g)]
    .map(match => match[1]!)
    .filter(path => PATH.test(path) && !OTHER.test(path) && !EXAMPLE.test(path) && !isThere(doc, path))
  const runs = [...text.matchAll(/npm run ([\w:-]+)/g)].map(match => match[1]!).filter(name => !scripts.includes(name))
  return [...links, ...paths, ...runs.map(name => `npm run ${name}`)].map(
    name => `${doc} names ${name}, which is not there`,
  )
}

function isThere(doc: string, path: string): boolean {
  return [...BASES, posix.dirname(doc), posix.dirname(posix.dirname(doc))].some(base =>
    existsSync(fromRoot(posix.join(base, path))),
  )
}
