import type { SessionFile } from '@playhead/shared/file/format'
import { eventId } from '@playhead/shared/model/id'
import { testProducer } from './make-batch'

export const FILE_SESSION = '01JF11E0000000000000000000'
export const FILE_PRODUCER = testProducer(1)
const OTHER = testProducer(2)

/** A small valid file that has one of everything. Each call makes its own. */
export function smallFile(): SessionFile {
  const id = (n: number) => eventId(FILE_PRODUCER, n)
  const time = '2026-01-02T03:04:05.000Z'
  const plain = { time, source: 'core', kind: 'action' as const, level: 'action' as const }
  return {
    format: 'playhead/session',
    version: 1,
    session: {
      ...{ id: FILE_SESSION, name: 'Small', app: 'orders', origin: 'http://localhost', url: 'http://localhost/' },
      ...{ title: 'Orders', started: time, browser: 'Test/1' },
      ...{ about: { version: '2', seed: '7', config: '{"agents":3}', configHash: 'ab' }, tags: ['slow'], note: 'n' },
      bookmarks: [id(1)],
      schemas: [{ type: 'saved', version: '1', vendor: 'valibot', shape: '{"type":"object"}' }],
      descriptions: [{ type: 'row:*', category: 'rows', description: 'Life of a row' }],
      producers: [FILE_PRODUCER, OTHER].map(producer => ({
        ...{ id: producer, name: 'orders', url: 'http://localhost/', title: 'Orders', context: 'top', sdk: '1' },
        ...{ timeOrigin: 1_767_323_045_000, offset: 0, base: 0, emitted: 0 },
        attachments: [{ id: 1, name: 'bus', source: 'core', replay: true }],
      })),
      takes: [
        { take: 0, kind: 'recording', name: 'Recording', started: 0 },
        { take: 1, kind: 'replay', name: 'Replay 1', started: 50, from: id(1), to: id(2) },
      ],
      marks: [{ time: 1, kind: 'day', name: 'day 1', producer: FILE_PRODUCER, afterN: 0, data: { day: 1 } }],
    },
    snapshots: [
      { producer: FILE_PRODUCER, afterN: 0, take: 0, time: 0, state: 'grid', why: 'start', value: { rows: [] } },
    ],
    gaps: [{ producer: FILE_PRODUCER, fromN: 3, toN: 4, reason: 'buffer', from: 1, to: 2 }],
    events: [
      { ...plain, id: id(1), t: 1, type: 'row:update', flags: ['input'], via: 1, payload: { row: 1, é: 'ü𝄞' } },
      {
        ...{ ...plain, id: id(2), t: 2.5, type: 'saved', take: 1, flags: ['truncated', 'threw'], duration: 0.5 },
        causes: [{ id: id(1), kind: 'synchronous' }],
        facets: { rowId: 17, agent: 'a', most: { $ph: 'number', v: 'Infinity' } },
        ...{ originalBytes: 300_000, foreignId: 'x-1', artifacts: ['shot'] },
        ...{ patches: [{ state: 'grid', patch: [{ op: 'add' }] }], payload: { $ph: 'undefined' } },
      },
      { ...plain, id: eventId(OTHER, 1), t: 0, type: 'late', payload: [null, true, -1.5e-7] },
    ],
  }
}
