import type { ProducerInfo, SessionInfo } from '@playhead/shared/model/session'
import { encodeBatch } from '@playhead/shared/wire/batch-encode'
import { BATCH_COLUMNS, newColumns } from '@playhead/shared/wire/column-set'
import type { Batch } from '@playhead/shared/wire/columns'
import { noExtras } from '@playhead/shared/wire/extras'

/** What a test says of a batch; everything but the producer has a default. */
export interface BatchSpec {
  producer: string
  /** Number of the first event, or all numbers. */
  firstN?: number
  numbers?: readonly number[]
  count?: number
  /** ms of the first event on the producer's clock, and between two events. */
  time?: number
  step?: number
  types?: readonly string[]
  source?: string
  take?: number
  /** JSON text of the event with this number; default: its number, and letters up to `bytes`. */
  payload?: (n: number) => string
  bytes?: number
  emitted?: number
  rest?: Partial<Batch>
}

const utf8 = new TextEncoder()
/** Batches made so far: two never have the same number. */
let batches = 0

export function makeBatch(spec: BatchSpec): Batch {
  const { producer, firstN = 1, time = firstN, step = 1, types = ['a', 'b', 'c'], source = 'core', take = 0 } = spec
  const numbers = spec.numbers ?? Array.from({ length: spec.count ?? 1 }, (_, i) => firstN + i)
  const payload = spec.payload ?? (n => defaultPayload(n, spec.bytes ?? 0))
  const count = numbers.length
  const texts = numbers.map(payload)
  const encoded = texts.map(text => utf8.encode(text))
  let end = 0
  const payloadEnds = Uint32Array.from(encoded, bytes => (end += bytes.length))
  const text = new Uint8Array(end)
  for (const [row, bytes] of encoded.entries()) text.set(bytes, row === 0 ? 0 : payloadEnds[row - 1])
  return {
    meta: {
      producer,
      batch: ++batches,
      emitted: spec.emitted ?? numbers[count - 1] ?? 0,
      types: types.map((name, id) => [id, name]),
      sources: [[0, source]],
      attachments: [{ id: 1, name: 'bus', source, replay: true }],
    },
    count,
    ...newColumns(BATCH_COLUMNS, count),
    n: Uint32Array.from(numbers),
    take: new Uint16Array(count).fill(take),
    time: Float64Array.from(numbers, (_, row) => time + row * step),
    type: Uint16Array.from(numbers, n => n % types.length),
    kind: new Uint8Array(count).fill(2),
    level: new Uint8Array(count).fill(2),
    via: new Uint8Array(count).fill(1),
    payloadEnds,
    text,
    ...noExtras(),
    keyframes: [],
    late: [],
    gaps: [],
    marks: [],
    ...spec.rest,
  }
}

export function makeBatchBytes(spec: BatchSpec): ArrayBuffer {
  return encodeBatch(makeBatch(spec))
}

/** A JSON object of about `bytes` bytes that holds the number. */
export function defaultPayload(n: number, bytes = 0): string {
  const start = `{"n":${n}`
  const room = bytes - start.length - 9
  return room > 0 ? `${start},"pad":"${'x'.repeat(room)}"}` : `${start}}`
}

/** `code` makes the id: producers of one test differ. */
export function testProducer(code: number): string {
  return `01J${String(code).padStart(23, '0')}`
}

export function producerInfo(id: string, rest: Partial<ProducerInfo> = {}): ProducerInfo {
  return {
    id,
    name: 'app',
    url: 'http://localhost/',
    title: 'Test',
    context: 'top',
    sdk: '0',
    timeOrigin: 0,
    offset: 0,
    base: 0,
    emitted: 0,
    attachments: [],
    ...rest,
  }
}

export function sessionInfo(id: string, rest: Partial<SessionInfo> = {}): SessionInfo {
  return {
    id,
    name: '',
    origin: 'http://localhost',
    url: 'http://localhost/',
    title: 'Test',
    app: 'test',
    tab: 'run-1',
    started: 1_700_000_000_000,
    updated: 1_700_000_000_000,
    ended: false,
    imported: false,
    recovered: false,
    producers: [],
    marks: [],
    takes: [{ take: 0, kind: 'recording', name: 'Recording', started: 0 }],
    events: 0,
    missing: 0,
    bytes: 0,
    ...rest,
  }
}
