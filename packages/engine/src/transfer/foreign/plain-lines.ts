import type { ForeignFormat, ForeignOut, ForeignReader } from './format'
import { objectOf, payloadOf } from './payload-text'
import { fieldsOf } from './plain-fields'
import { severityLevel } from './severity'

/** JSON of any program whose objects have a time and a name: one a line, or a list in a document. */
const PLAIN: Omit<ForeignFormat, 'items'> = { name: 'JSON of another program', reader: out => new PlainReader(out) }
export const PLAIN_LINES: ForeignFormat = { ...PLAIN, items: [] }

/** A list of such objects: the document itself, or a member of it. */
export function plainList(member: string | undefined): ForeignFormat {
  return { ...PLAIN, items: [member === undefined ? ['*'] : [member, '*']] }
}

class PlainReader implements ForeignReader {
  constructor(private readonly out: ForeignOut) {}

  item(_: readonly string[], text: string): void {
    const { at, name, source, level, id, cause, joins } = fieldsOf(objectOf(text).value)
    if (!name) this.out.leftOut('names, which some events lack,')
    this.out.event({
      ...{ at, type: name, source: source || 'unknown', level: severityLevel(level), payload: payloadOf(text) },
      ...(id && { key: id, foreignId: id }),
      ...(cause && cause !== id && { causes: [{ key: cause, kind: 'explicit' as const }] }),
      facets: { ...joins, ...(level !== undefined && { severity: String(level) }) },
    })
  }
}
