import { describe, expect, it } from 'vitest'
import { SessionLog } from '../log/session-log'
import { checkNumbers } from '../testing/checked-numbers'
import { type Fault, FaultyDisk } from '../testing/faulty-disk'
import { pictureOf } from '../testing/log-picture'
import { producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { MemoryDisk } from '../testing/memory-disk'
import { Random } from '../testing/random'
import { RandomLife } from '../testing/random-life'
import { RandomRetention } from '../testing/random-retention'
import { loadSession, readTextsFrom } from './load-session'
import { SessionWriter } from './writer'

const ID = 'SESSION'
const LIMITS = { maxEvents: 6000, textBudget: 1 << 20 }
const FAULTS: Fault[] = ['quota', 'abort', 'closed', 'unheard', 'slow']

async function reopened(disk: MemoryDisk) {
  const record = await disk.session(ID)
  if (!record) return undefined
  const limits = { ...LIMITS, maxEvents: Number.POSITIVE_INFINITY }
  const { log, damage } = await loadSession(disk, record, limits, message => expect.unreachable(message))
  expect(damage).toEqual([])
  return log
}

/** Everything that is said to be on the disk and was not evicted since is there, with its payload. */
async function expectPromisesKept({ log, persistedSeq }: SessionWriter, disk: MemoryDisk): Promise<void> {
  const again = await reopened(disk)
  if (!again) {
    expect(log.logs.every(({ persisted, info }) => persisted === info.base)).toBe(true)
    return
  }
  checkNumbers(again)
  const stored = new Map((await pictureOf(again)).rows.map(row => [`${row.producer}:${row.n}`, row]))
  for (const row of (await pictureOf(log)).rows) {
    if (row.seq >= persistedSeq) break
    const there = stored.get(`${row.producer}:${row.n}`)
    if (there?.payload !== row.payload || there?.seq !== row.seq) expect(there).toEqual(row)
  }
}

describe('a disk that fails at any time, in any way', () => {
  it.each([41, 42, 43, 44])('loses nothing that was acknowledged (seed %i)', async seed => {
    const random = new Random(seed)
    const disk = new MemoryDisk()
    const faulty = new FaultyDisk(
      disk,
      operation => (operation === 'write' && random.chance(0.5) ? random.pick(FAULTS) : 'none'),
      () => Promise.resolve(),
    )
    const log = new SessionLog(sessionInfo(ID), { ...LIMITS })
    const logs = [0, -20, 5000].map(
      (offset, i) => log.addProducer(producerInfo(testProducer(i), { offset, base: i * 3 }))!,
    )
    readTextsFrom(disk, ID, log, message => expect.unreachable(message))
    const troubles: string[] = []
    const writer = new SessionWriter(faulty, log, ID, {
      listed: true,
      saved: () => {},
      trouble: message => troubles.push(message),
    })
    const life = new RandomLife(log, logs, random)
    const retention = new RandomRetention(log, random)
    for (let step = 0; step < 60; step++) {
      life.step()
      retention.step(log.stored * 100)
      // Some writes end after the next events came.
      const written = random.chance(0.8) ? writer.flush() : undefined
      if (random.chance(0.5)) life.step()
      await written
      checkNumbers(log)
      await expectPromisesKept(writer, disk)
    }
    faulty.schedule = () => 'none'
    await writer.flush()
    await writer.flush()
    expect(writer.dirty).toBe(false)
    expect(await pictureOf((await reopened(disk))!)).toEqual(await pictureOf(log))
    expect(log.logs.map(({ persisted }) => persisted)).toEqual(log.logs.map(({ covered }) => covered))
    // It said so each time, and took it back in the end.
    for (const fault of FAULTS) expect(faulty.seen[fault]).toBeGreaterThan(0)
    expect(troubles).toContain('the disk is full (quota exceeded)')
    expect(troubles.at(-1)).toBe('')
    await writer.stop()
  })
})
