import { posix } from 'node:path'
import { parseSync } from 'vite'

export interface Violation {
  file: string
  line: number
  message: string
}

interface Rule {
  /** Folder from the root. The longest that contains a file counts. */
  zone: string
  /** Folders it may import from, besides its own. */
  from: string[]
  /** Folders it may import only types from. */
  typesFrom?: string[]
  packages: string[]
  /** Packages that one file of the zone may import: file → packages. */
  only?: Record<string, string[]>
  /** Files it may name in `new URL('…', import.meta.url)`. */
  urls?: string[]
}

const SHARED = 'packages/shared/src'
const SDK = 'packages/sdk/src'
const EXTENSION = 'packages/extension/src'
const PLATFORM = `${EXTENSION}/platform`
const ENGINE = 'packages/engine/src'

/** Who may import whom. What is not named here is forbidden; nobody names the panel. */
const RULES: Rule[] = [
  { zone: SHARED, from: [], packages: ['valibot'] },
  { zone: SDK, from: [SHARED], packages: ['ulid'] },
  {
    zone: ENGINE,
    from: [SHARED],
    packages: ['idb', 'valibot', 'ulid', '@streamparser/json'],
    only: { [`${ENGINE}/browser/entry.ts`]: ['comlink'] },
  },
  { zone: PLATFORM, from: [SHARED], packages: ['webextension-polyfill'] },
  { zone: `${EXTENSION}/bridge`, from: [SHARED, PLATFORM], packages: [] },
  { zone: `${EXTENSION}/background`, from: [SHARED, PLATFORM], packages: [] },
  { zone: `${EXTENSION}/devtools`, from: [SHARED, PLATFORM], packages: [] },
  {
    zone: `${EXTENSION}/panel`,
    from: [SHARED, PLATFORM],
    typesFrom: [ENGINE],
    packages: ['preact', '@preact/signals', 'comlink'],
    urls: [`${ENGINE}/browser/entry.ts`],
  },
  { zone: 'examples/payments/src', from: [SDK], packages: ['mitt', 'preact', '@preact/signals'] },
  { zone: 'examples/grid/src', from: [SDK], packages: ['ag-grid-community'] },
]

/** Tests and what only they use stand outside the rules: they may put any two parts together. */
const EXEMPT = /\.test\.tsx?$|\/testing\//

/** `file` is a path from the root with forward slashes. */
export function violationsOf(file: string, source: string): Violation[] {
  const rule = ruleOf(file)
  if (!rule || EXEMPT.test(file)) return []
  return referencesOf(file, source).flatMap(reference => {
    const message = complaint(rule, file, reference)
    return message ? [{ file, line: source.slice(0, reference.start).split('\n').length, message }] : []
  })
}

function ruleOf(file: string): Rule | undefined {
  return RULES.find(rule => file.startsWith(`${rule.zone}/`))
}

interface Reference {
  to: string
  start: number
  how: 'value' | 'type' | 'url'
}

function complaint(rule: Rule, file: string, { to, how }: Reference): string | undefined {
  const path = pathOf(file, to)
  if (path === undefined) {
    const name = packageOf(to)
    if (rule.packages.includes(name) || rule.only?.[file]?.includes(name)) return undefined
    return `${rule.zone} may not import the package ${name}`
  }
  if (path.startsWith(`${rule.zone}/`)) return undefined
  if (how === 'url') return rule.urls?.includes(path) ? undefined : `${rule.zone} may not name the file ${path}`
  if (rule.from.some(zone => path.startsWith(`${zone}/`))) return undefined
  if (rule.typesFrom?.some(zone => path.startsWith(`${zone}/`)))
    return how === 'type' ? undefined : `${rule.zone} may import only types from ${path}`
  return `${rule.zone} may not import ${path}`
}

/** The file an import names, or undefined for a package. */
function pathOf(file: string, to: string): string | undefined {
  const bare = to.replace(/\?.*$/, '')
  if (bare.startsWith('.')) return posix.join(posix.dirname(file), bare)
  if (bare.startsWith('@playhead/shared/')) return `${SHARED}/${bare.slice('@playhead/shared/'.length)}`
  if (bare.startsWith('@playhead/engine/')) return `${ENGINE}/${bare.slice('@playhead/engine/'.length)}`
  if (bare === '@playhead/sdk') return `${SDK}/index`
  if (bare.startsWith('@playhead/sdk/')) return `${SDK}/entries/${bare.slice('@playhead/sdk/'.length)}`
  return undefined
}

const packageOf = (to: string) =>
  to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')

function referencesOf(file: string, source: string): Reference[] {
  const { module, comments, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`)
  const found: Reference[] = []
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const typed = entries.length > 0 && entries.every(entry => entry.isType)
    found.push({ to: moduleRequest.value, start, how: typed ? 'type' : 'value' })
  }
  for (const { entries, start } of module.staticExports)
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest) found.push({ to: moduleRequest.value, start, how: isType ? 'type' : 'value' })

  // Types written as import('…').T are no imports to the parser, and neither are addresses of workers.
  let code = source
  for (const { start, end } of comments)
    code = code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end)
  const dynamic = new Set(module.dynamicImports.map(({ start }) => start))
  for (const match of code.matchAll(/\bimport\(\s*(['"`])([^'"`]+)\1/g))
    found.push({ to: match[2]!, start: match.index, how: dynamic.has(match.index) ? 'value' : 'type' })
  for (const match of code.matchAll(/\bnew URL\(\s*(['"`])([^'"`]+)\1\s*,\s*import\.meta\.url/g))
    found.push({ to: match[2]!, start: match.index, how: 'url' })
  return found
}
