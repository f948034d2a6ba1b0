import { CHUNK_ROWS, Flag } from '@playhead/shared/model/event'
import { COLUMN_NAMES } from '@playhead/shared/wire/column-set'
import { expect, it } from 'vitest'
import { makeBatch, producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { CHUNK_BYTES } from './chunk'
import { type LogLimits, SessionLog } from './session-log'

const ID = testProducer(1)

function logWith(limits: Partial<LogLimits> = {}) {
  const log = new SessionLog(sessionInfo('S'), { maxEvents: 1e6, textBudget: 1 << 30, ...limits })
  return { log, producer: log.addProducer(producerInfo(ID))! }
}

it('seals a chunk early when its payloads are large, and seqs go on', () => {
  const { log, producer } = logWith()
  for (let i = 0; i < 40; i++) {
    log.append(makeBatch({ producer: ID, firstN: 1 + i * 4, count: 4, bytes: 200_000 }), producer)
  }
  expect(log.chunks.length).toBeGreaterThan(5)
  let next = 0
  for (const chunk of log.chunks) {
    expect(chunk.firstSeq).toBe(next)
    expect(chunk.textBytes).toBeLessThan(CHUNK_BYTES + 4 * 200_000)
    next += chunk.count
  }
  expect(next).toBe(160)
  expect(log.chunkOf(100)!.n[100 - log.chunkOf(100)!.firstSeq]).toBe(101)
})

it('drops the oldest stored text past the budget, and reads it back', async () => {
  const { log, producer } = logWith({ textBudget: 1 << 20 })
  const disk = new Map<number, Uint8Array>()
  log.textSource = async chunk => disk.get(chunk.firstSeq)
  for (let i = 0; i < 80; i++) {
    log.append(makeBatch({ producer: ID, firstN: 1 + i * 256, count: 256, bytes: 100 }), producer)
    for (const chunk of log.unsaved.splice(0)) {
      disk.set(chunk.firstSeq, chunk.text!)
      chunk.persisted = true
    }
  }
  const inMemory = log.chunks.reduce((sum, chunk) => sum + (chunk.text?.length ?? 0), 0)
  expect(inMemory).toBeLessThan(1 << 20)
  expect(log.chunks[0]!.text).toBeUndefined()
  expect((await log.loadText(log.chunks[0]!))?.length).toBe(log.chunks[0]!.textBytes)
})

it('gives up events rather than memory when text can go nowhere', () => {
  const { log, producer } = logWith({ textBudget: 1 << 20, unsavedText: 4 << 20 })
  for (let i = 0; i < 300; i++) {
    log.append(makeBatch({ producer: ID, firstN: 1 + i * 256, count: 256, bytes: 100 }), producer)
  }
  expect(log.memory).toBeLessThan(8 << 20)
  expect(log.missing).toBeGreaterThan(0)
  expect(log.stored + log.missing).toBe(300 * 256)
  expect(log.gaps).toMatchObject([{ fromN: 1, reason: 'evicted' }])
})

it('survives a clock that makes no sense', () => {
  const { log, producer } = logWith()
  producer.info.offset = 1.7e308
  log.append(makeBatch({ producer: ID, count: 2, time: 1.7e308, step: 0 }), producer)
  expect(log.chunks[0]!.time.slice(0, 2)).toEqual(Float64Array.of(8.64e15, 8.64e15))
})

it('applies late facts to events wherever they are', () => {
  const { log, producer } = logWith()
  log.append(makeBatch({ producer: ID, count: CHUNK_ROWS }), producer)
  log.append(makeBatch({ producer: ID, firstN: CHUNK_ROWS + 1, count: 10 }), producer)
  const late = [5, CHUNK_ROWS + 3, 99_999].map(n => ({ n, duration: n / 2, flags: Flag.threw }))
  const changes: string[] = []
  log.onChange(change => changes.push(change.t))
  log.append(makeBatch({ producer: ID, count: 0, rest: { late } }), producer)
  expect(log.chunks[0]!.duration[4]).toBe(2.5)
  expect(log.chunks[1]!.flags[2]).toBe(Flag.threw)
  expect([...log.changedHeads]).toEqual([log.chunks[0]])
  expect(changes).toEqual(['changed'])
})

it('keeps sections nobody here understands, once, with the first new event of their batch', () => {
  const { log, producer } = logWith()
  const unknown = [{ kind: 900, version: 1, codec: 0, param: 0, rawLength: 2, bytes: Uint8Array.of(1, 2) }]
  log.append(makeBatch({ producer: ID, count: CHUNK_ROWS - 1 }), producer)
  const batch = makeBatch({ producer: ID, firstN: CHUNK_ROWS, count: 3, rest: { unknown } })
  log.append(batch, producer)
  log.append(batch, producer)
  expect(log.chunks.flatMap(chunk => chunk.unknown)).toEqual(unknown)
})

it('gives back the room of a chunk that is sealed early', () => {
  const { log, producer } = logWith()
  log.append(makeBatch({ producer: ID, count: 50, bytes: 100_000 }), producer)
  const [chunk] = log.chunks
  expect(chunk).toMatchObject({ sealed: true, count: 50 })
  for (const name of COLUMN_NAMES) expect(chunk![name].length, name).toBe(50)
})
