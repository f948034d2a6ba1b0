import { CAUSE_KINDS, CHUNK_ROWS, Flag, KINDS, LEVELS, OTHER } from '@playhead/shared/model/event'
import { type ProducerId, parseEventId } from '@playhead/shared/model/id'
import type { AttachmentInfo } from '@playhead/shared/model/session'
import { type Batch, type FacetColumn, NO_FACET, type StringTable } from '@playhead/shared/wire/columns'
import { noExtras } from '@playhead/shared/wire/extras'
import { FileBudget } from './budgets'
import type { ParsedEvent } from './file-schema'

/** Events of one batch, at most. */
const ROWS = CHUNK_ROWS / 4
/** Bytes of payload text after which a batch is full. */
const BYTES = 4 << 20
const encoder = new TextEncoder()

/**
 * Gathers the events of a file, in their order, into batches as the log takes them: each has the events of one producer, with ascending
 * numbers. Times are session time in ms, as in the file.
 */
export class EventBatches {
  private producer: ProducerId = ''
  private rows: { event: ParsedEvent; n: number }[] = []
  private texts: Uint8Array[] = []
  private bytes = 0
  private made = 0

  /** `attachments` gives those of a producer, `take` gets each batch. */
  constructor(
    private readonly attachments: (producer: ProducerId) => AttachmentInfo[],
    private readonly take: (batch: Batch) => void,
  ) {}

  /** Events that are in no batch yet. */
  get waiting(): number {
    return this.rows.length
  }

  /** Adds an event; makes a batch of those before it when it cannot join them. */
  add(event: ParsedEvent): void {
    const id = parseEventId(event.id)
    if (!id) throw new Error('id: not an event id')
    const last = this.rows.at(-1)
    if (last && (id.producer !== this.producer || id.n <= last.n || this.rows.length >= ROWS || this.bytes >= BYTES)) {
      this.flush()
    }
    this.producer = id.producer
    const text = encoder.encode(event.payload.text)
    this.rows.push({ event, n: id.n })
    this.texts.push(text)
    this.bytes += text.length
  }

  /** Makes a batch of the events that are in none yet. */
  flush(): void {
    if (this.rows.length === 0) return
    this.take(this.build())
    this.rows = []
    this.texts = []
    this.bytes = 0
  }

  private build(): Batch {
    const { rows } = this
    const count = rows.length
    const types = new Strings()
    const sources = new Strings()
    const batch: Batch = {
      meta: {
        producer: this.producer,
        batch: ++this.made,
        emitted: rows[count - 1]?.n ?? 0,
        types: types.table,
        sources: sources.table,
        attachments: this.attachments(this.producer),
      },
      count,
      n: Uint32Array.from(rows, row => row.n),
      take: Uint16Array.from(rows, row => row.event.take),
      time: Float64Array.from(rows, row => row.event.t),
      type: Uint16Array.from(rows, row => types.id(row.event.type)),
      source: Uint16Array.from(rows, row => sources.id(row.event.source)),
      kind: Uint8Array.from(rows, row => KINDS.indexOf(row.event.kind)),
      level: Uint8Array.from(rows, row => LEVELS.indexOf(row.event.level)),
      flags: Uint8Array.from(rows, row => row.event.flags.reduce((bits, flag) => bits | Flag[flag], 0)),
      via: Uint8Array.from(rows, row => row.event.via),
      causeN: new Uint32Array(count),
      causeKind: new Uint8Array(count),
      duration: Float32Array.from(rows, row => row.event.duration),
      payloadEnds: new Uint32Array(count),
      text: new Uint8Array(this.bytes),
      ...noExtras(),
      facets: facetColumns(rows.map(row => row.event.facets)),
      keyframes: [],
      late: [],
      gaps: [],
      marks: [],
    }
    let end = 0
    rows.forEach(({ event }, row) => {
      const text = this.texts[row] as Uint8Array
      batch.text.set(text, end)
      end += text.length
      batch.payloadEnds[row] = end
      this.addSparse(batch, row, event)
    })
    return batch
  }

  /** Adds what only some events have: further causes, patches, artifacts, foreign ids, original sizes. */
  private addSparse(batch: Batch, row: number, event: ParsedEvent): void {
    for (const [index, cause] of event.causes.entries()) {
      const kind = CAUSE_KINDS.indexOf(cause.kind)
      const id = parseEventId(cause.id)
      if (index === 0) batch.causeKind[row] = kind
      if (index === 0 && id?.producer === this.producer) batch.causeN[row] = id.n
      else batch.moreCauses.push({ row, id: cause.id, kind })
    }
    for (const { state, patch } of event.patches) batch.patches.push({ row, state, json: patch.text })
    for (const ref of event.artifacts) batch.artifacts.push({ row, ref })
    if (event.foreignId !== undefined) batch.foreignIds.push({ row, id: event.foreignId })
    if (event.originalBytes !== undefined) batch.originalSizes.push({ row, bytes: event.originalBytes })
  }
}

/** Gives each text an id. Past 65,535 texts, all further ones get the id of `OTHER`. */
class Strings {
  readonly table: StringTable = []
  private readonly ids = new Map<string, number>()

  id(text: string): number {
    const known = this.ids.get(text)
    if (known !== undefined) return known
    if (this.table.length >= 0xffff) return this.id(OTHER)
    const id = this.table.length
    this.ids.set(text, id)
    this.table.push([id, text])
    return id
  }
}

/** Columns for the facets of some events: texts and numbers of one name have a column each. Columns past the budget are left out. */
function facetColumns(facets: ParsedEvent['facets'][]): FacetColumn[] {
  const texts = new Map<string, { codes: Uint16Array; strings: Strings }>()
  const numbers = new Map<string, Float64Array>()
  const isFull = () => texts.size + numbers.size >= FileBudget.facets
  facets.forEach((values, row) => {
    for (const [name, value] of values) {
      if (typeof value === 'number') {
        let column = numbers.get(name)
        if (!column && isFull()) continue
        if (!column) numbers.set(name, (column = new Float64Array(facets.length).fill(Number.NaN)))
        column[row] = value
      } else {
        let column = texts.get(name)
        if (!column && isFull()) continue
        if (!column) {
          column = { codes: new Uint16Array(facets.length).fill(NO_FACET), strings: new Strings() }
          texts.set(name, column)
        }
        column.codes[row] = column.strings.id(value)
      }
    }
  })
  return [
    ...[...texts].map(([name, { codes, strings }]): FacetColumn => {
      return { name, form: 'text', codes, values: strings.table.map(([, text]) => text) }
    }),
    ...[...numbers].map(([name, values]): FacetColumn => ({ name, form: 'number', values })),
  ]
}
