import { MAX_N } from '@playhead/shared/model/id'
import type { SchemaInfo } from '@playhead/shared/model/session'
import { batches, oddText } from '@playhead/shared/testing/batches'
import { taggedJson } from '@playhead/shared/testing/tagged-json'
import type { Batch } from '@playhead/shared/wire/columns'
import fc from 'fast-check'
import { testProducer } from './make-batch'

/** What a tab records: pages one after the other and frames beside them, each with its clock and its batches. */
export interface Recording {
  pages: PageOfRecording[]
  /** Takes, with the seqs they replayed: some that never were. */
  takes: { name: string; fromSeq: number; toSeq: number }[]
  /** The shapes its app registered, each page's before its events. */
  schemas: SchemaInfo[][]
}

export interface PageOfRecording {
  producer: string
  frame: 'top' | 'frame'
  /** Epoch ms at which the clock of the page was 0, and what it reads at the hello. */
  timeOrigin: number
  now: number
  url: string
  title: string
  batches: Batch[]
}

class Point {
  x = 1
}

/** Text of values that JSON lacks, as the recorder writes them: those the plain writer knows, and those that only a tag can tell. */
const ODD_VALUES: readonly string[] = [
  ...[
    undefined,
    Number.NaN,
    -0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    2n ** 80n,
    new Date(1_700_000_000_123),
    new Date(Number.NaN),
    /a"\\\/b/giu,
    new Map<unknown, unknown>([
      [{ key: 1 }, new Set([1, 'two', 3n])],
      [Number.NaN, undefined],
    ]),
    new Uint8Array([0, 1, 255]),
    new Float64Array([-0, Number.NaN, 1e300]),
    new BigInt64Array([-1n, 2n ** 62n]),
    Object.assign(new RangeError('too "far"'), { code: 'E\u2028' }),
    // biome-ignore lint/suspicious/noSparseArray: a hole is one of the odd values
    [1, , 3],
    { $ph: 'not a tag', $$ph: 1, '$ph:cut': 2 },
    { ...new Point(), nested: [{ deep: [[[[]]]] }] },
    '\ud800 lone \udfff, \u2028\u2029, \u0000, \u007f, \ufeff, 𝄞',
    '\ufeff',
  ].map(taggedJson),
  '{"$ph":"symbol","v":"description"}',
  '{"$ph":"function","v":"onClick"}',
  '{"$ph":"node","v":"div#a.b"}',
  '{"$ph":"instance","type":"Point","v":{"x":1}}',
  '{"self":{"$ph":"cycle","v":1},"list":[{"$ph":"cycle","v":2}]}',
  '{"$ph":"getter"}',
  '{"password":{"$ph":"redacted","v":"password"}}',
  '{"$ph":"cut","type":"object","size":12}',
  '[1,2,{"$ph":"cut","type":"elements","size":40000}]',
  '{"a":1,"$ph:cut":17}',
  '{"$ph":"string","v":"beginning","size":70000}',
  '{"$ph":"threw","v":"no"}',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toJSON":1,"2":0,"1":0}',
  '"</script>"',
  'null',
  '0',
  '""',
]

/** Names that mean something to an object. */
const hostile = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', '2', '1', 'length')
const payload = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ODD_VALUES) }, fc.json({ depthSize: 'small' }))
const smallN = fc.integer({ min: 1, max: 60 })
const code = fc.nat(2)

const schema: fc.Arbitrary<SchemaInfo> = fc.record({
  type: fc.oneof(hostile, oddText),
  version: fc.oneof(fc.constantFrom('', '1'), oddText),
  vendor: fc.constantFrom('valibot', 'zod', ''),
  // Text that is JSON, if an app is to be believed.
  shape: fc.oneof(payload, fc.constantFrom('', '{"type":"object', '{ "a" : 1.50 }\n')),
})

export const recordings: fc.Arbitrary<Recording> = fc
  .record({
    batches: fc.array(fc.record({ batch: batches, page: code, details: details() }), { minLength: 1, maxLength: 6 }),
    pages: fc.tuple(page(0), page(1), page(2)),
    takes: fc.array(fc.record({ name: oddText, fromSeq: fc.nat(80), toSeq: fc.nat(80) }), { maxLength: 2 }),
    schemas: fc.array(fc.array(schema, { maxLength: 3 }), { minLength: 3, maxLength: 3 }),
  })
  .map(({ batches, pages, takes, schemas }) => {
    for (const { batch, page, details } of batches) pages[page]?.batches.push(shaped(batch, pages[page], details))
    return { pages: pages.filter(page => page.batches.length > 0), takes, schemas }
  })

function page(index: number): fc.Arbitrary<PageOfRecording> {
  return fc.record({
    producer: fc.constant(testProducer(index)),
    frame: fc.constantFrom('top', 'frame'),
    timeOrigin: fc.integer({ min: -100_000, max: 100_000 }).map(skew => 1_700_000_000_000.25 + skew),
    now: fc.integer({ min: 0, max: 100_000 }),
    url: fc.oneof(fc.constant('http://localhost/'), fc.constant(`http://localhost/?${'x'.repeat(4000)}`), oddText),
    title: oddText,
    batches: fc.constant(null).map((): Batch[] => []),
  })
}

function details() {
  return fc.record({
    payloads: fc.array(payload, { minLength: 12, maxLength: 12 }),
    /** Numbers near each other: events that cause each other, gaps between them. */
    numbers: fc.option(fc.uniqueArray(smallN, { minLength: 12, maxLength: 12 })),
    causes: fc.array(fc.option(fc.record({ page: code, n: smallN, kind: fc.integer({ min: 1, max: 3 }) })), {
      minLength: 12,
      maxLength: 12,
    }),
    facet: hostile,
    /** ms between two events, and how far they stray from it. */
    pace: fc.double({ min: 0, max: 500, noNaN: true }),
    jitter: fc.integer({ min: 0, max: 2000 }),
  })
}

type Details = ReturnType<typeof details> extends fc.Arbitrary<infer T> ? T : never

/** A batch as a recorder could have made it: of its page, with JSON for payloads, and causes that the columns can tell. */
function shaped(batch: Batch, { producer }: PageOfRecording, details: Details): Batch {
  const { count } = batch
  const texts = Array.from({ length: count }, (_, row) => new TextEncoder().encode(details.payloads[row]))
  let end = 0
  const payloadEnds = Uint32Array.from(texts, text => (end += text.length))
  const text = new Uint8Array(end)
  for (const [row, bytes] of texts.entries()) text.set(bytes, payloadEnds[row]! - bytes.length)
  const n = details.numbers ? Uint32Array.from(details.numbers.slice(0, count)).sort() : batch.n
  const { causeN, causeKind, moreCauses } = causesOf(batch, producer, details)
  const facets = batch.facets.filter(({ name }) => name !== details.facet)
  const time = details.numbers
    ? Float64Array.from(n, (value, row) => value * details.pace + ((row * 7919) % (details.jitter + 1)))
    : batch.time
  return {
    ...batch,
    time,
    meta: { ...batch.meta, producer, emitted: Math.min(MAX_N, (n.at(-1) ?? 0) + 3) },
    n,
    text,
    payloadEnds,
    causeN,
    causeKind,
    moreCauses,
    facets: [
      ...facets,
      { name: details.facet, form: 'text', values: ['a', '\ud800'], codes: Uint16Array.from(n, value => value % 2) },
    ],
    keyframes: batch.keyframes.map(keyframe => ({ ...keyframe, producer })),
    marks: batch.marks.map(mark => ({ ...mark, producer })),
    gaps: batch.gaps.map(gap => ({ ...gap, producer })),
    unknown: [],
  }
}

function causesOf(batch: Batch, producer: string, details: Details) {
  const causeN = new Uint32Array(batch.count)
  const causeKind = new Uint8Array(batch.count)
  const moreCauses: Batch['moreCauses'] = []
  for (let row = 0; row < batch.count; row++) {
    const cause = details.causes[row]
    if (!cause) continue
    causeKind[row] = cause.kind
    if (testProducer(cause.page) === producer) causeN[row] = cause.n
    else
      moreCauses.push({ row, id: `${testProducer(cause.page)}-${String(cause.n).padStart(10, '0')}`, kind: cause.kind })
    for (const more of batch.moreCauses) {
      if (more.row === row && !more.id.startsWith(producer)) moreCauses.push({ ...more, kind: Math.max(1, more.kind) })
    }
  }
  return { causeN, causeKind, moreCauses }
}
