import { nameOptions, valueOption } from '../completion-option'
import { compileGlob } from '../glob'
import type { SeenName } from '../seen'
import { valueText } from '../value-text'
import type { TermDefinition } from './definition'

/** Families are looked for among so many names, the most frequent ones. */
const MOST_LOOKED_AT = 5000

export const typeTerm: TermDefinition<'type'> = {
  help: { example: 'type:row:*', does: 'types by name, * for anything' },
  parse: ({ value }) => ({ key: 'type', glob: value }),
  print: ({ glob }) => `type:${valueText(glob)}`,
  holds: ({ glob }, event) => compileGlob(glob)(event.type),
  complete: ({ types }) => [...nameOptions(types, 'type'), ...nameOptions(families(types), 'all of these')],
}

export const sourceTerm: TermDefinition<'source'> = {
  help: { example: 'source:plugin:*', does: 'who emitted it' },
  parse: ({ value }) => ({ key: 'source', glob: value }),
  print: ({ glob }) => `source:${valueText(glob)}`,
  holds: ({ glob }, event) => compileGlob(glob)(event.source),
  complete: ({ sources }) => [...nameOptions(sources, 'source'), ...nameOptions(families(sources), 'all of these')],
}

export const producerTerm: TermDefinition<'producer'> = {
  help: { example: 'producer:worker*', does: 'the page, frame or worker by its name' },
  parse: ({ value }) => ({ key: 'producer', glob: value }),
  print: ({ glob }) => `producer:${valueText(glob)}`,
  holds: ({ glob }, event) => compileGlob(glob)(event.producer),
  complete: ({ producers }) => nameOptions(producers, 'page, frame or worker'),
}

export const markTerm: TermDefinition<'mark'> = {
  help: { example: 'mark:"day 2"', does: 'inside a day, turn, run or phase' },
  parse: ({ value }) => ({ key: 'mark', glob: value }),
  print: ({ glob }) => `mark:${valueText(glob)}`,
  holds: ({ glob }, event) => event.phases.some(compileGlob(glob)),
  // Nobody counts how many events lie in a phase.
  complete: ({ marks }) => marks.map(({ name }) => valueOption(valueText(name), name, 'mark')),
}

/** Returns globs for names that begin alike up to a `:`, `/` or `.`, as `row:*` for `row:insert` and `row:update`. */
function families(names: readonly SeenName[]): SeenName[] {
  const found = new Map<string, { count: number; names: number }>()
  for (const { name, count } of names.slice(0, MOST_LOOKED_AT)) {
    const end = name.search(/[:/.]/)
    if (end < 1) continue
    const family = `${name.slice(0, end + 1)}*`
    const known = found.get(family) ?? { count: 0, names: 0 }
    found.set(family, { count: known.count + count, names: known.names + 1 })
  }
  return [...found].flatMap(([name, { count, names: many }]) => (many > 1 ? [{ name, count }] : []))
}
