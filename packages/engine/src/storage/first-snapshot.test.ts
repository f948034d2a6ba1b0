import { describe, expect, it } from 'vitest'
import { StateRequests } from '../ingest/state-requests'
import type { LogReader } from '../log/reader'
import { SessionLog } from '../log/session-log'
import { planReplay } from '../replay/plan'
import { makeBatch, producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { MemoryDisk } from '../testing/memory-disk'
import { Random } from '../testing/random'
import { loadSession, readTextsFrom } from './load-session'
import { SessionWriter } from './writer'

const ID = 'SESSION'
const A = testProducer(1)
const MISSING = 'Events are missing in this range: the replay may differ from what happened.'

/** The state of this app is the number of its newest event: known keyframe + every event after it = the state at any of them. */
async function expectRight(log: LogReader, fromSeq: number | null, end: number): Promise<boolean> {
  const request = { session: ID, fromSeq, toSeq: null, mode: 'all' as const, edits: [], consequences: [] }
  const { keyframes, steps, plan } = await planReplay(log, request, 1)
  expect(keyframes).toHaveLength(1)
  const { afterN, json } = keyframes[0]!
  expect(json).toBe(String(afterN))
  const numbers = steps.map(step => step.n)
  const whole = numbers[0] === afterN + 1
  const first = numbers[0]!
  expect(numbers).toEqual(Array.from({ length: end - first + 1 }, (_, i) => first + i))
  expect(steps.every(step => step.payload === `{"n":${step.n}}`)).toBe(true)
  // Where the way from the known state to the first event is gone, it says so.
  expect(plan.warnings.includes(MISSING)).toBe(!whole)
  return whole
}

describe('the first state that is known after an eviction', () => {
  it.each([81, 82, 83])('is right, live and stored (seed %i)', async seed => {
    const random = new Random(seed)
    const disk = new MemoryDisk()
    const log = new SessionLog(sessionInfo(ID), { maxEvents: 9000, textBudget: 1 << 20 })
    const producer = log.addProducer(
      producerInfo(A, { attachments: [{ id: 1, name: 'bus', source: 'core', replay: true }] as never }),
    )!
    readTextsFrom(disk, ID, log, message => expect.unreachable(message))
    const writer = new SessionWriter(disk, log, ID, { listed: true, saved: () => {}, trouble: () => {} })
    let now = 0
    const requests = new StateRequests(() => now)
    const state = (n: number, why: 'start' | 'request') =>
      log.addKeyframe({ producer: A, afterN: n, take: 0, time: n, state: 'number', json: String(n), why })
    state(0, 'start')
    let n = 0
    for (let step = 0; step < 150; step++) {
      const count = random.whole(50, 250)
      log.append(makeBatch({ producer: A, firstN: n + 1, count }), producer)
      n += count
      now += 1000
      if (requests.due(log)) state(n, 'request')
      // Never so much that less than a chunk is left: the newest known state may be that old.
      if (random.chance(0.1) && log.stored > 5000) log.evict(random.whole(1, log.stored - 5000))
      if (step % 10 > 0) continue
      // From the beginning: the first known state that the kept events follow.
      expect(await expectRight(log, null, n)).toBe(true)
      await expectRight(log, log.firstSeq, n)
      await writer.flush()
      const record = await disk.session(ID)
      const again = await loadSession(disk, record!, { ...log.limits }, message => expect.unreachable(message))
      expect(await expectRight(again.log, null, n)).toBe(true)
      await expectRight(again.log, again.log.firstSeq, n)
    }
    expect(log.firstSeq).toBeGreaterThan(9000)
    await writer.stop()
  })
})
