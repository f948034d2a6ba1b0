import { expect, it } from 'vitest'
import { SessionLog } from '../log/session-log'
import { makeBatch, producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { Random } from '../testing/random'
import { excess } from './excess'

const A = testProducer(1)

function filled(count: number) {
  const log = new SessionLog(sessionInfo('S'), { maxEvents: 1e9, textBudget: 1 << 30 })
  const producer = log.addProducer(producerInfo(A))
  if (!producer) throw new Error('no producer')
  for (let firstN = 1; firstN <= count; firstN += 500) {
    log.append(makeBatch({ producer: A, firstN, count: Math.min(500, count - firstN + 1), time: firstN }), producer)
  }
  return log
}

it('evicts by age to the event', () => {
  const random = new Random(5)
  for (let round = 0; round < 20; round++) {
    const count = random.whole(1, 12_000)
    const log = filled(count)
    const now = random.whole(1, 15_000)
    const age = random.whole(1, 15_000)
    const old = Array.from({ length: count }, (_, i) => i + 1).filter(time => time < now - age).length
    const found = excess(log, { age, bytes: 0 }, now, 0)
    expect(found).toBe(old)
    if (found > 0) log.evict(found)
    expect(log.stored).toBe(count - old)
    expect(log.missing).toBe(old)
    expect(excess(log, { age, bytes: 0 }, now, 0)).toBe(0)
  }
})

it('evicts by bytes in whole chunks, never the open one', () => {
  const log = filled(10_000)
  const stored = log.memory
  expect(excess(log, { age: 0, bytes: stored }, 0, stored)).toBe(0)
  expect(excess(log, { age: 0, bytes: stored - 1 }, 0, stored)).toBe(4096)
  expect(excess(log, { age: 0, bytes: 1 }, 0, stored)).toBe(8192)
  log.evict(8192)
  expect(log.stored).toBe(10_000 - 8192)
  expect(excess(log, { age: 0, bytes: 1 }, 0, log.memory)).toBe(0)
})
