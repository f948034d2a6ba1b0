import { closeSync, openSync, writeSync } from 'node:fs'
import { eventId } from '@playhead/shared/model/id'
import { FILE_PRODUCER, smallFile } from '../../packages/engine/src/testing/small-file.ts'
import { fileLines } from '../../packages/engine/src/testing/small-lines.ts'

const STARTED = Date.parse('2026-01-02T03:04:05.000Z')
const TYPES = ['order:placed', 'order:paid', 'row:update', 'clock:tick', 'agent:moved']
/** So many characters are written at a time. */
const PIECE = 1 << 20

/**
 * Yields the lines of a `.jsonl` file of `count` events, from n `first` on, with payloads of 200 bytes. `header` are further members of
 * its header.
 */
export function* sessionLines(count: number, first = 1, header: object = {}): Generator<string> {
  const file = smallFile()
  file.session.marks = []
  file.session.takes = file.session.takes.slice(0, 1)
  file.session.producers = file.session.producers.slice(0, 1)
  yield fileLines({ ...file, snapshots: [], gaps: [], events: [] }, header)[0] ?? ''
  for (let n = first; n < first + count; n++) yield JSON.stringify(event(n))
  yield JSON.stringify({ end: { events: count } })
}

/** Writes lines to a file. */
export function writeSession(path: string, lines: Iterable<string>): void {
  const file = openSync(path, 'w')
  let text = ''
  for (const line of lines) {
    text += `${line}\n`
    if (text.length < PIECE) continue
    writeSync(file, text)
    text = ''
  }
  writeSync(file, text)
  closeSync(file)
}

function event(n: number) {
  return {
    id: eventId(FILE_PRODUCER, n),
    time: new Date(STARTED + n).toISOString(),
    t: n,
    type: TYPES[n % TYPES.length],
    source: 'core',
    kind: 'action',
    level: 'action',
    ...(n > 1 && n % 3 === 0 && { causes: [{ id: eventId(FILE_PRODUCER, n - 1), kind: 'synchronous' }] }),
    payload: {
      ...{ orderId: `order-${n}`, customer: `Customer ${n % 97}`, amount: n * 1.5, currency: 'EUR', tick: n },
      ...{
        status: 'accepted',
        lines: [{ sku: `A-${n % 13}`, quantity: 3 }],
        note: 'delivered to the door',
        rank: n % 7,
      },
    },
  }
}
