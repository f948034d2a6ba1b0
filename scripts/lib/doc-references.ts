import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { fromRoot } from './paths.ts'

/** Folders that a document may take for granted: `search/scan/indexer.ts` in any of them. */
const BASES = ['', 'packages/shared/src', 'packages/engine/src', 'packages/sdk/src', 'packages/extension/src']
const PATH = /^\.{0,2}[\w@-][\w@.-]*(\/[\w@.-]+)+\/?$/
/** Names of npm packages, of what a build makes and of addresses look like paths. */
const OTHER = /^@|^playhead\/|(^|\/)(dist|node_modules)\/|^(https?|chrome|about):/

/** Paths, links and scripts that a document names and that are not there. `scripts` are those of package.json. */
export function missingIn(doc: string, text: string, scripts: readonly string[]): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  const links = [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(match => match[1]!)
    .filter(link => !OTHER.test(link) && !existsSync(fromRoot(posix.join(posix.dirname(doc), link))))
  const paths = [...prose.matchAll(/`([^`\n]+)`/g)]
    .map(match => match[1]!)
    .filter(path => PATH.test(path) && !OTHER.test(path) && !isThere(doc, path))
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
