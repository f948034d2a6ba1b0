import { rawBodyBytes } from '@playhead/shared/wire/body-codec'
import { describe, expect, it } from 'vitest'
import { isDeflated } from '../codec/body'
import { SessionLog } from '../log/session-log'
import { loadSession, readTextsFrom } from '../storage/load-session'
import { localLocks } from '../storage/local-locks'
import { SessionWriter } from '../storage/writer'
import { type Fault, FaultyDisk } from '../testing/faulty-disk'
import { pictureOf } from '../testing/log-picture'
import { makeBatch, producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { MemoryDisk } from '../testing/memory-disk'
import { Random } from '../testing/random'
import { RandomLife } from '../testing/random-life'
import { Compressor, countPacked } from './compressor'
import { memoryTarget, type PackTarget, storedTarget, writtenTarget } from './targets'

const ID = 'SESSION'
const LIMITS = { maxEvents: 20_000, textBudget: 200_000 }

/** A session that records, with a compressor whose clock the test moves. */
class Stage {
  readonly disk = new MemoryDisk()
  readonly faulty: FaultyDisk
  readonly log: SessionLog
  readonly life: RandomLife
  readonly writer: SessionWriter
  readonly compressor: Compressor
  now = 0
  busy = false

  constructor(seed: number, limits = LIMITS, schedule: () => Fault = () => 'none') {
    this.faulty = new FaultyDisk(this.disk, schedule)
    this.log = new SessionLog(sessionInfo(ID), { ...limits })
    for (const code of [0, 1, 2]) this.log.addProducer(producerInfo(testProducer(code), { offset: code * 50 }))
    readTextsFrom(this.faulty, ID, this.log, message => {
      throw new Error(message)
    })
    this.life = new RandomLife(this.log, this.log.logs, new Random(seed))
    this.writer = new SessionWriter(this.faulty, this.log, ID, { listed: true, saved() {}, trouble() {} })
    this.compressor = this.compressorOf(() => [writtenTarget(this.log, this.writer, this.faulty)])
  }

  compressorOf(targets: () => PackTarget[]): Compressor {
    return new Compressor({ busy: () => this.busy, targets: async () => targets() }, () => this.now)
  }

  /** There is time now. */
  begin(compressor = this.compressor): void {
    this.now += 60_000
    compressor.tick()
  }

  async compress(compressor = this.compressor): Promise<void> {
    this.begin(compressor)
    await compressor.idle()
  }

  async reopened() {
    const record = await this.disk.session(ID)
    return loadSession(this.disk, record!, LIMITS, message => {
      throw new Error(message)
    })
  }

  get bodies(): Map<number, ArrayBuffer> {
    return this.disk.of(ID).bodies
  }

  /** Bytes that were saved. */
  get less(): number {
    let bytes = 0
    for (const { packedBytes, textBytes } of this.log.chunks)
      if (packedBytes > 0) bytes += rawBodyBytes(textBytes) - packedBytes
    return bytes
  }
}

describe('compressing a session that records', () => {
  it.each([1, 2, 3, 4])('changes nothing that can be read, whatever happens meanwhile (seed %i)', async seed => {
    const one = new Stage(seed)
    const twin = new Stage(seed)
    const random = new Random(1000 + seed)
    let before = 0
    for (let step = 0; step < 200; step++) {
      if (random.chance(0.2)) one.begin()
      one.life.step()
      twin.life.step()
      if (random.chance(0.05)) {
        const count = random.whole(1, 3000)
        one.log.evict(count)
        twin.log.evict(count)
      }
      if (random.chance(0.3)) await Promise.all([one.writer.flush(), twin.writer.flush()])
      if (random.chance(0.1)) await one.compressor.idle()
      before = Math.max(before, countPacked(one.log).compressedChunks)
      if (step % 40 !== 39) continue
      await Promise.all([one.writer.flush(), twin.writer.flush()])
      expect(await pictureOf(one.log)).toEqual(await pictureOf(twin.log))
    }
    await one.compressor.idle()
    await Promise.all([one.writer.flush(), twin.writer.flush()])
    await one.compress()
    await one.writer.flush()
    const { compressedChunks, rawChunks } = countPacked(one.log)
    expect(before).toBeGreaterThan(0)
    expect(rawChunks).toBe(one.log.last?.sealed ? 0 : 1)
    expect(compressedChunks).toBe(one.log.chunks.length - rawChunks)
    expect(await pictureOf(one.log)).toEqual(await pictureOf(twin.log))
    expect([...one.bodies.keys()]).toEqual([...twin.bodies.keys()])
    for (const chunk of one.log.chunks) {
      if (chunk.sealed) expect(one.bodies.get(chunk.firstSeq)?.byteLength).toBe(chunk.packedBytes)
    }
    expect(one.writer.bytes).toBe(twin.writer.bytes - one.less)
    expect(one.log.memory).toBe(twin.log.memory)
    const again = await one.reopened()
    expect(again.damage).toEqual([])
    expect(again.bytes).toBe(one.writer.bytes)
    expect(again.log.chunks.map(chunk => chunk.packedBytes)).toEqual(one.log.chunks.map(chunk => chunk.packedBytes))
    expect(await pictureOf(again.log)).toEqual(await pictureOf(twin.log))
  })

  it('gives the same bytes for the same events, however the text came to hand', async () => {
    const stages = [new Stage(9), new Stage(9, { ...LIMITS, textBudget: 0 })]
    for (const stage of stages) {
      for (let step = 0; step < 100; step++) stage.life.step()
      await stage.writer.flush()
      await stage.compress()
    }
    const [one, two] = stages as [Stage, Stage]
    expect(two.log.chunks[0]?.text).toBeUndefined()
    expect([...one.bodies.values()].every(isDeflated)).toBe(true)
    expect([...one.bodies]).toEqual([...two.bodies])
  })

  it('goes on after the disk refused, or did it and could not say so', async () => {
    const random = new Random(5)
    const faults: Fault[] = ['quota', 'abort', 'closed', 'unheard', 'slow', 'none']
    let failing = false
    const stage = new Stage(6, { ...LIMITS, textBudget: 0 }, () => (failing ? random.pick(faults) : 'none'))
    for (let step = 0; step < 150; step++) stage.life.step()
    await stage.writer.flush()
    const bytes = stage.writer.bytes
    failing = true
    for (let i = 0; i < 60; i++) await stage.compress()
    expect(stage.faulty.seen.unheard).toBeGreaterThan(0)
    failing = false
    await stage.compress()
    stage.log.infoDirty = true
    await stage.writer.flush()
    expect(countPacked(stage.log).rawChunks).toBe(stage.log.last?.sealed ? 0 : 1)
    expect(stage.writer.bytes).toBe(bytes - stage.less)
    const again = await stage.reopened()
    expect(again.bytes).toBe(stage.writer.bytes)
    expect((await stage.disk.session(ID))?.info.bytes).toBe(stage.writer.bytes)
    expect(await pictureOf(again.log)).toEqual(await pictureOf(stage.log))
  })

  it('never brings back what was deleted', async () => {
    const stage = new Stage(7)
    for (let step = 0; step < 100; step++) stage.life.step()
    await stage.writer.flush()
    stage.begin()
    await stage.disk.remove(ID)
    await stage.compressor.idle()
    expect(await stage.disk.session(ID)).toBeUndefined()
    expect([...stage.bodies]).toEqual([])
    expect(countPacked(stage.log).compressedChunks).toBe(0)
  })
})

describe('the time it takes', () => {
  it('is what nobody else needs', async () => {
    const stage = new Stage(8)
    for (let step = 0; step < 150; step++) stage.life.step()
    await stage.writer.flush()
    const packed = () => countPacked(stage.log).compressedChunks
    stage.now += 60_000
    stage.compressor.disturb()
    stage.compressor.tick()
    stage.now += 999
    stage.compressor.tick()
    stage.busy = true
    stage.now += 1
    stage.compressor.tick()
    await stage.compressor.idle()
    expect(packed()).toBe(0)
    // Events arrive while it is at work: the chunk at hand stays as it is.
    stage.busy = false
    stage.compressor.tick()
    stage.compressor.disturb()
    await stage.compressor.idle()
    expect(packed()).toBe(0)
    stage.now += 1000
    stage.compressor.tick()
    await stage.compressor.idle()
    expect(packed()).toBeGreaterThan(1)
    await stage.compressor.stop()
  })
})

it('a session opened to look at is compressed too, and its bytes in the catalogue with it', async () => {
  const stage = new Stage(12)
  for (let step = 0; step < 100; step++) stage.life.step()
  await stage.writer.flush()
  await stage.writer.stop()
  const { log, bytes } = await stage.reopened()
  const session = log.session
  session.bytes = bytes
  await stage.compress(stage.compressorOf(() => [storedTarget(log, ID, stage.disk, localLocks())]))
  expect(countPacked(log).compressedChunks).toBeGreaterThan(0)
  const again = await stage.reopened()
  expect(again.bytes).toBeLessThan(bytes)
  expect(log.session.bytes).toBe(again.bytes)
  expect((await stage.disk.session(ID))?.info.bytes).toBe(again.bytes)
  expect(await pictureOf(again.log)).toEqual(await pictureOf(stage.log))
})

describe('a session without a disk', () => {
  const filled = (seed: number, textBudget: number) => {
    const log = new SessionLog(sessionInfo(ID), { maxEvents: 20_000, textBudget })
    log.addProducer(producerInfo(testProducer(0)))
    return { log, life: new RandomLife(log, log.logs, new Random(seed)) }
  }

  it.each([21, 22])('keeps its text compressed, and reads the same (seed %i)', async seed => {
    const stage = new Stage(1)
    const { log, life } = filled(seed, 0)
    const twin = filled(seed, 0)
    const compressor = stage.compressorOf(() => [memoryTarget(log, true)])
    for (let step = 0; step < 160; step++) {
      life.step()
      twin.life.step()
      if (step % 7 === 0) stage.begin(compressor)
      if (step % 13 === 0) await compressor.idle()
    }
    await compressor.idle()
    await stage.compress(compressor)
    expect(countPacked(log).rawChunks).toBe(log.last?.sealed ? 0 : 1)
    expect(log.memory).toBeLessThan(twin.log.memory * 0.8)
    expect(log.overBudget).toBe(true)
    expect(await pictureOf(log)).toEqual(await pictureOf(twin.log))
    log.evict(log.stored)
    expect(log.chunks.reduce((sum, chunk) => sum + chunk.textInMemory, 0)).toBeLessThan(1 << 20)
  })

  it('leaves raw what fits into the budget, until it is over', async () => {
    const stage = new Stage(1)
    const log = new SessionLog(sessionInfo(ID), { maxEvents: 1e6, textBudget: 4 << 20 })
    const producer = log.addProducer(producerInfo(testProducer(0)))!
    for (let n = 1; n <= 40_000; n += 1000)
      log.append(makeBatch({ producer: testProducer(0), firstN: n, count: 1000, bytes: 200 }), producer)
    await stage.compress(stage.compressorOf(() => [memoryTarget(log, true)]))
    const raw = log.chunks.filter(chunk => chunk.text)
    expect(raw.length).toBeGreaterThan(3)
    expect(raw.length).toBeLessThan(log.chunks.length - 3)
    expect(log.overBudget).toBe(false)
    expect(log.chunks.findIndex(chunk => chunk.text)).toBe(log.chunks.length - raw.length)
    await stage.compress(stage.compressorOf(() => [memoryTarget(log, false)]))
    expect(countPacked(log).rawChunks).toBe(1)
  })
})
