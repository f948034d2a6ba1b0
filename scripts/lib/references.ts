import { parseSync } from 'vite'

/** One place where a file names another: it imports values or only types, or makes the file's address (`url`). */
export interface Reference {
  to: string
  /** Place in the source, in characters. */
  start: number
  how: 'value' | 'type' | 'url'
}

/** Returns everything that a source file names. Throws where it does not parse. */
export function referencesOf(file: string, source: string): Reference[] {
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

  // For the parser, types written as import('…').T are no imports, and neither are addresses of workers.
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
