import { CHUNK_ROWS } from '@playhead/shared/model/event'
import { encodeHead } from '@playhead/shared/wire/chunk-codec'
import { describe, expect, it } from 'vitest'
import { deflateBody } from '../codec/body'
import { SessionLog } from '../log/session-log'
import { checkNumbers, visibleIds } from '../testing/checked-numbers'
import { pictureOf } from '../testing/log-picture'
import { producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { MemoryDisk } from '../testing/memory-disk'
import { Random } from '../testing/random'
import { RandomLife } from '../testing/random-life'
import { RandomRetention } from '../testing/random-retention'
import type { Disk } from './disk'
import { loadSession, readTextsFrom } from './load-session'
import { SessionWriter } from './writer'

const ID = 'SESSION'
const LIMITS = { maxEvents: 6000, textBudget: 1 << 20 }

function recording(disk: Disk, limits: { maxEvents: number; textBudget: number } = LIMITS) {
  const log = new SessionLog(sessionInfo(ID), { ...limits })
  const logs = [0, -20, 5000].map(
    (offset, i) => log.addProducer(producerInfo(testProducer(i), { offset, base: i * 3 }))!,
  )
  readTextsFrom(disk, ID, log, message => expect.unreachable(message))
  const writer = new SessionWriter(disk, log, ID, { listed: true, saved: () => {}, trouble: () => {} })
  return { log, logs, writer }
}

async function rebuilt(disk: Disk) {
  const record = await disk.session(ID)
  const limits = { ...LIMITS, maxEvents: Number.POSITIVE_INFINITY }
  const loaded = await loadSession(disk, record!, limits, message => expect.unreachable(message))
  expect(loaded.damage).toEqual([])
  return loaded
}

/** n → seq, as the index answers it: for every number that the log speaks of, and some that it does not. */
function indexOf(log: SessionLog): string[] {
  return log.logs.map(({ code, covered, info }) =>
    Array.from({ length: covered - info.base + 2 }, (_, i) => log.seqOf(code, info.base + i)).join(' '),
  )
}

describe('what is kept in steps', () => {
  it.each([21, 22, 23])('is what is built anew from the disk, after every step (seed %i)', async seed => {
    const random = new Random(seed)
    const disk = new MemoryDisk()
    const { log, logs, writer } = recording(disk)
    const life = new RandomLife(log, logs, random)
    const retention = new RandomRetention(log, random)
    for (let step = 0; step < 60; step++) {
      life.step()
      const before = visibleIds(log)
      retention.step(writer.bytes)
      const after = visibleIds(log)
      expect(after).toEqual(before.slice(before.length - after.length))
      checkNumbers(log)
      await writer.flush()
      if (random.chance(0.3)) await compress(log, writer, random)
      const { log: again } = await rebuilt(disk)
      checkNumbers(again)
      expect(await pictureOf(again)).toEqual(await pictureOf(log))
      expect(indexOf(again)).toEqual(indexOf(log))
      expect(again.logs.map(({ known }) => known.ranges)).toEqual(logs.map(({ known }) => known.ranges))
      expect(again.logs.map(({ covered, stored }) => [covered, stored])).toEqual(
        logs.map(({ covered, stored }) => [covered, stored]),
      )
      expect(disk.catalogue.get(ID)?.info.bytes).toBe(writer.bytes)
      // A head that late durations made longer counts as it was.
      expect(sizeOf(disk) - writer.bytes).toBeGreaterThanOrEqual(0)
      expect(sizeOf(disk) - writer.bytes).toBeLessThanOrEqual(6 * CHUNK_ROWS * log.chunks.length)
    }
    expect(retention.evicted).toBeGreaterThan(1000)
    expect(packed).toBeGreaterThan(0)
    await writer.stop()
  })

  it.each([24, 25])('is written again, all of it, when the disk is emptied under it (seed %i)', async seed => {
    const random = new Random(seed)
    const disk = new MemoryDisk()
    const { log, logs, writer } = recording(disk, { ...LIMITS, textBudget: 1 << 30 })
    const life = new RandomLife(log, logs, random)
    const retention = new RandomRetention(log, random)
    for (let step = 0; step < 60; step++) {
      life.step()
      retention.step(writer.bytes)
      if (random.chance(0.5)) await writer.flush()
      if (random.chance(0.3)) await compress(log, writer, random)
      if (!random.chance(0.2)) continue
      await disk.wipe()
      writer.startOver()
      expect(writer.dirty).toBe(true)
      await writer.flush()
      const { log: again } = await rebuilt(disk)
      expect(await pictureOf(again)).toEqual(await pictureOf(log))
      expect(sizeOf(disk) - writer.bytes).toBe(0)
    }
    await writer.stop()
  })
})

let packed = 0

/** As the engine does it when there is time: one chunk, whatever may have become of it. */
async function compress(log: SessionLog, writer: SessionWriter, random: Random): Promise<void> {
  const chunks = log.chunks.filter(chunk => chunk.sealed && !chunk.hollow && chunk.packedBytes === 0)
  if (chunks.length === 0) return
  const chunk = random.pick(chunks)
  const text = await log.loadText(chunk)
  const body = text && (await deflateBody(text, chunk))
  if (body && (await writer.packBody(chunk, body))) packed++
}

/** Bytes of columns and text. */
function sizeOf(disk: MemoryDisk): number {
  const { heads, bodies, tail } = disk.of(ID)
  const buffers = [...heads.values(), ...bodies.values(), ...(tail ? [tail.head, tail.body] : [])]
  return buffers.reduce((sum, { byteLength }) => sum + byteLength, 0)
}

/** Every byte on the disk. */
function bytesOf(disk: MemoryDisk) {
  const { heads, bodies, gaps, states, tail } = disk.of(ID)
  const hex = (buffer: ArrayBuffer | undefined) => (buffer ? Buffer.from(buffer).toString('base64') : '')
  const all = (buffers: ReadonlyMap<number, ArrayBuffer>) =>
    Object.fromEntries([...buffers].map(([firstSeq, buffer]) => [firstSeq, hex(buffer)]))
  return {
    ...{ heads: all(heads), bodies: all(bodies), tail: [hex(tail?.head), hex(tail?.body)] },
    ...{ gaps: Object.fromEntries(gaps), states: Object.fromEntries(states), record: disk.catalogue.get(ID) },
  }
}

describe('the same events', () => {
  const live = async (seed: number, flushes: (step: number) => boolean, compressed = false) => {
    const disk = new MemoryDisk()
    const { log, logs, writer } = recording(disk)
    const random = new Random(seed)
    const life = new RandomLife(log, logs, random)
    const retention = new RandomRetention(log, random)
    for (let step = 0; step < 120; step++) {
      life.step()
      // What is on the disk must not decide what is kept here.
      retention.step(log.stored * 100)
      if (flushes(step)) await writer.flush()
    }
    await writer.flush()
    for (let i = 0; compressed && i < log.chunks.length; i++) await compress(log, writer, random)
    await writer.flush()
    await writer.stop()
    return { disk, log }
  }

  it.each([31, 32, 33])('give the same bytes in every store, whenever they were written (seed %i)', async seed => {
    const one = await live(seed, () => true)
    const other = await live(seed, step => step % 17 === 3)
    expect(one.log.endSeq).toBeGreaterThan(2 * CHUNK_ROWS)
    expect(bytesOf(other.disk)).toEqual(bytesOf(one.disk))
  })

  it.each([35, 36])('give the same bytes when they are compressed (seed %i)', async seed => {
    const one = await live(seed, () => true, true)
    const other = await live(seed, step => step % 17 === 3, true)
    expect(one.log.chunks.some(chunk => chunk.packedBytes > 0)).toBe(true)
    expect(bytesOf(other.disk)).toEqual(bytesOf(one.disk))
  })

  it('give the same bytes again when a log that was built from them is written', async () => {
    const { disk } = await live(34, () => true)
    const { log } = await rebuilt(disk)
    const { types, sources, producers } = log
    const { heads, tail } = disk.of(ID)
    for (const chunk of log.chunks) {
      const head = Buffer.from(encodeHead(chunk.encodable({ types, sources, producers })))
      expect(head.equals(Buffer.from(chunk.sealed ? heads.get(chunk.firstSeq)! : tail!.head))).toBe(true)
    }
  })
})
