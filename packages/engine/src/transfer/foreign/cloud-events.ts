import type { ForeignFormat, ForeignOut, ForeignReader } from './format'
import { objectOf, payloadFrom, textOf } from './payload-text'
import { timeOf } from './times'

/** Attributes that have a place of their own; all others become facets. */
const OWN = new Set(['id', 'source', 'type', 'time', 'specversion', 'data', 'data_base64', 'causationid'])

/** CloudEvents in their structured form: one a line, one document, or a batch. `causationid` names the cause. */
const CLOUD: Omit<ForeignFormat, 'items'> = { name: 'CloudEvents', reader: out => new CloudReader(out) }
export const CLOUD_BATCH: ForeignFormat = { ...CLOUD, items: [['*']] }
export const CLOUD_LINES: ForeignFormat = { ...CLOUD, items: [] }
export const CLOUD_SINGLE: ForeignFormat = { ...CLOUD, items: [[]] }

class CloudReader implements ForeignReader {
  constructor(private readonly out: ForeignOut) {}

  item(_: readonly string[], text: string): void {
    const { value, raw } = objectOf(text, 'data')
    if (!value.specversion) throw new Error('it is no CloudEvent: it has no specversion')
    const id = textOf(value.id)
    const cause = textOf(value.causationid)
    const extensions = Object.entries(value).filter(
      ([name, member]) => !OWN.has(name) && (typeof member === 'string' || typeof member === 'number'),
    )
    this.out.event({
      ...{ at: timeOf(value.time), type: textOf(value.type), source: textOf(value.source) || 'unknown', foreignId: id },
      payload: raw.data ?? payloadFrom(value.data_base64 === undefined ? null : { data_base64: value.data_base64 }),
      ...(id && { key: id }),
      ...(cause && { causes: [{ key: cause, kind: 'explicit' as const }] }),
      facets: Object.fromEntries(extensions) as Record<string, string | number>,
    })
  }
}
