import fc from 'fast-check'
import { CAUSE_KINDS, Flag } from '../model/event'
import { GAP_REASONS } from '../model/gap'
import { eventId, MAX_N } from '../model/id'
import { MARK_KINDS } from '../model/session'
import type { IdTables } from '../wire/column-check'
import { BATCH_COLUMNS, makeColumns } from '../wire/column-set'
import { type BatchColumn, COLUMNS, type ColumnSpec, type Columns, type ColumnValues } from '../wire/column-table'
import { type Batch, type Chunk, type FacetColumn, NO_FACET, type StringTable } from '../wire/columns'

/** Generated batches for tests: every section, odd text, odd numbers. */

const ULID_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const producerId = fc
  .tuple(fc.constantFrom(...'01234567'), fc.array(fc.constantFrom(...ULID_LETTERS), { minLength: 25, maxLength: 25 }))
  .map(([first, rest]) => first + rest.join(''))
/** Text with lone surrogates, control characters and the like. */
export const oddText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\ud800', '\udfff', '"', '\\', '\u0000', '\u2028', 'é', '𝄞'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 12,
})
/** Text without lone surrogates: what UTF-8 can carry. */
export const wellFormedText = fc.string({ unit: 'binary', maxLength: 12 })
const n = fc.integer({ min: 1, max: MAX_N })
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0)
const duration = fc.float({ min: 0, noNaN: true, noDefaultInfinity: true }).map(value => value + 0)
const u16 = fc.integer({ min: 0, max: 0xffff })
const table: fc.Arbitrary<StringTable> = fc.uniqueArray(fc.tuple(u16, oddText), {
  selector: entry => entry[0],
  minLength: 1,
  maxLength: 5,
})

export function facetColumn(rows: number): fc.Arbitrary<FacetColumn> {
  const text = fc.tuple(oddText, fc.array(oddText, { maxLength: 5 })).chain(([name, values]) => {
    const code =
      values.length === 0
        ? fc.constant(NO_FACET)
        : fc.oneof(fc.integer({ min: 0, max: values.length - 1 }), fc.constant(NO_FACET))
    return column(code, rows).map(
      (codes): FacetColumn => ({ name, form: 'text', values, codes: Uint16Array.from(codes) }),
    )
  })
  const numbers = fc
    .tuple(wellFormedText, column(fc.double(), rows))
    .map(([name, values]): FacetColumn => ({ name, form: 'number', values: Float64Array.from(values) }))
  return fc.oneof(text, numbers)
}

export const unknownSection = fc.record({
  kind: fc.integer({ min: 1000, max: 0xffff }),
  version: fc.integer({ min: 0, max: 255 }),
  codec: fc.integer({ min: 0, max: 255 }),
  param: fc.integer({ min: 0, max: 0xffffffff }),
  rawLength: fc.integer({ min: 0, max: 0xffffffff }),
  bytes: fc.uint8Array({ maxLength: 20 }),
})

const payload = fc.oneof(
  fc.json(),
  oddText.map(text => JSON.stringify(text)),
  fc.constant(''),
)

/** Columns are exactly as long as `count`, so that a decoded batch can be compared as it is. */
export const batches: fc.Arbitrary<Batch> = fc
  .record({ rows: fc.integer({ min: 0, max: 12 }), types: table, sources: table, producer: producerId })
  .chain(({ rows, types, sources, producer }) => {
    const row = fc.integer({ min: 0, max: Math.max(rows - 1, 0) })
    const sparse = <T>(item: fc.Arbitrary<T>) =>
      rows === 0 ? fc.constant([] as T[]) : fc.array(item, { maxLength: 3 })
    const numbers = fc.uniqueArray(n, { minLength: rows, maxLength: rows })
    return fc
      .record({
        n: numbers.map(values => Uint32Array.from(values).sort()),
        columns: generatedColumns(rows, { types, sources }),
        payloads: column(payload, rows),
        facets: fc.uniqueArray(facetColumn(rows), { selector: facet => `${facet.form} ${facet.name}`, maxLength: 3 }),
        moreCauses: sparse(
          fc.record({
            row,
            id: fc.tuple(producerId, n).map(([id, number]) => eventId(id, number)),
            kind: indexOf(CAUSE_KINDS),
          }),
        ),
        patches: sparse(fc.record({ row, state: oddText, json: fc.json() })),
        foreignIds: sparse(fc.record({ row, id: oddText })),
        artifacts: sparse(fc.record({ row, ref: oddText })),
        originalSizes: sparse(fc.record({ row, bytes: fc.oneof(fc.constant(-1), fc.nat()) })),
        keyframes: fc.array(
          fc.record({
            producer: producerId,
            afterN: fc.nat(),
            take: u16,
            time: finite,
            state: oddText,
            json: fc.json(),
            why: fc.constantFrom('start' as const, 'request' as const, 'end' as const),
          }),
          { maxLength: 2 },
        ),
        late: fc.array(fc.record({ n, duration, flags: fc.constantFrom(0, Flag.threw, 255) }), { maxLength: 3 }),
        gaps: fc.array(
          fc
            .record({
              producer: producerId,
              fromN: fc.integer({ min: 1, max: 1e9 }),
              more: fc.nat(1e9),
              reason: fc.constantFrom(...GAP_REASONS),
              from: finite,
              to: finite,
            })
            .map(({ producer, fromN, more, reason, from, to }) => ({
              producer,
              fromN,
              toN: fromN + more,
              reason,
              count: more + 1,
              from,
              to,
            })),
          { maxLength: 2 },
        ),
        marks: fc.array(
          fc.record(
            {
              time: finite,
              kind: fc.constantFrom(...MARK_KINDS),
              name: oddText,
              producer: producerId,
              afterN: fc.nat(),
              data: fc.json(),
            },
            { requiredKeys: ['time', 'kind', 'name', 'producer', 'afterN'] },
          ),
          { maxLength: 2 },
        ),
        unknown: fc.array(unknownSection, { maxLength: 2 }),
        batch: fc.integer({ min: 1, max: 1e9 }),
        attachments: fc.uniqueArray(
          fc.record({ id: fc.integer({ min: 1, max: 255 }), name: oddText, source: oddText, replay: fc.boolean() }),
          {
            selector: attachment => attachment.id,
            maxLength: 3,
          },
        ),
      })
      .map(({ columns, payloads, batch, attachments, ...rest }): Batch => {
        const texts = payloads.map(text => new TextEncoder().encode(text))
        let end = 0
        return {
          ...columns,
          ...rest,
          count: rows,
          payloadEnds: Uint32Array.from(texts, text => (end += text.length)),
          text: concat(texts),
          meta: { producer, batch, emitted: rest.n.at(-1) ?? 0, types, sources, attachments },
        }
      })
  })

/** Chunks without their text. */
export const chunks: fc.Arbitrary<Chunk> = fc
  .record({
    batch: batches,
    producers: fc.uniqueArray(fc.tuple(u16, producerId), { selector: entry => entry[0], minLength: 1, maxLength: 3 }),
    firstSeq: fc.maxSafeNat(),
    sealed: fc.boolean(),
    picks: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
  })
  .map(({ batch: { text, keyframes, late, gaps, marks, meta, ...columns }, producers, firstSeq, sealed, picks }) => ({
    ...columns,
    meta: { firstSeq, sealed, producers, types: meta.types, sources: meta.sources },
    producer: Uint16Array.from({ length: columns.count }, (_, row) => producers[picks[row]! % producers.length]![0]),
    text: undefined,
  }))

/** All columns but those that hang together: n rises from row to row, and payloadEnds follow from the payloads. */
type Generated = Exclude<BatchColumn, 'n' | 'payloadEnds'>
const GENERATED = BATCH_COLUMNS.filter((name): name is Generated => name !== 'n' && name !== 'payloadEnds')

function generatedColumns(rows: number, tables: IdTables): fc.Arbitrary<Columns<Generated>> {
  const arrays = GENERATED.map(name => {
    const { array: ArrayType, values } = COLUMNS[name]
    return column(cellOf(ArrayType, values, tables), rows).map(numbers => ArrayType.from(numbers))
  })
  return fc.tuple(...arrays).map(given => makeColumns(GENERATED, name => given[GENERATED.indexOf(name)]!))
}

/** What the table says that a column may hold. */
function cellOf(array: ColumnSpec['array'], values: ColumnValues, tables: IdTables): fc.Arbitrary<number> {
  switch (values.are) {
    case 'any':
      return zeroOr(fc.integer({ min: 0, max: 2 ** (8 * array.BYTES_PER_ELEMENT) - 1 }))
    case 'within':
      if (array === Float32Array) return duration
      return zeroOr(fc.integer({ min: values.least, max: values.most }))
    case 'clock':
      return finite
    case 'ids':
      return fc.constantFrom(...(tables[values.of] ?? []).map(([id]) => id))
    case 'ends':
      throw new Error('follow from the payloads')
  }
}

function column<T>(value: fc.Arbitrary<T>, rows: number): fc.Arbitrary<T[]> {
  return fc.array(value, { minLength: rows, maxLength: rows })
}

/** All-zero columns are left out of the bytes: make them likely. */
function zeroOr(value: fc.Arbitrary<number>): fc.Arbitrary<number> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, value)
}

function indexOf(list: readonly unknown[]): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: list.length - 1 })
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** A decoded container compares equal whatever buffers its columns are views of. */
export function copied<T>(value: T): T {
  if (value instanceof Uint8Array) return Uint8Array.from(value) as T
  if (ArrayBuffer.isView(value)) return (value as unknown as { slice(): T }).slice()
  if (Array.isArray(value)) return value.map(copied) as T
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copied(member)])) as T
  }
  return value
}
