import { LEVELS } from '@playhead/shared/model/event'
import { expect, it } from 'vitest'
import { SessionLog } from '../log/session-log'
import { makeBatch, producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { Random } from '../testing/random'
import { readStatistics } from './statistics'

const A = testProducer(1)

it('counts what is visible of the recording, as a plain list would', () => {
  const random = new Random(11)
  for (let round = 0; round < 20; round++) {
    const log = new SessionLog(sessionInfo('S'), { maxEvents: random.pick([700, 1e6]), textBudget: 1 << 30 })
    const producer = log.addProducer(producerInfo(A))
    if (!producer) throw new Error('no producer')
    const all: { type: string; level: number; time: number; take: number; bytes: number }[] = []
    let n = 1
    for (let i = 0; i < random.whole(0, 12); i++) {
      const count = random.whole(1, 900)
      const take = random.pick([0, 0, 3])
      const types = ['a', 'b', `t${i}`]
      const batch = makeBatch({ producer: A, firstN: n, count, take, types, time: n * 2 })
      for (let row = 0; row < count; row++) batch.level[row] = random.whole(0, 4)
      for (let row = 0; row < count; row++) {
        const start = row === 0 ? 0 : (batch.payloadEnds[row - 1] as number)
        all.push({
          type: types[batch.type[row] as number] as string,
          level: batch.level[row] as number,
          time: batch.time[row] as number,
          take,
          bytes: (batch.payloadEnds[row] as number) - start,
        })
      }
      log.append(batch, producer)
      n += count
    }
    const visible = all.slice(-log.stored || all.length).filter(event => event.take === 0)
    const found = readStatistics(log)
    expect(found.events).toBe(visible.length)
    expect(found.levels).toEqual(LEVELS.map((_, level) => visible.filter(event => event.level === level).length))
    const counts = new Map<string, number>()
    for (const { type } of visible) counts.set(type, (counts.get(type) ?? 0) + 1)
    expect(new Map(found.types)).toEqual(counts)
    expect(found.rate.reduce((sum, count) => sum + count, 0)).toBe(visible.length)
    expect(found.payload).toBe(visible.reduce((sum, { bytes }) => sum + bytes, 0))
    if (visible.length > 0) {
      const offset = producer.info.offset
      expect([found.first, found.last]).toEqual([
        Math.min(...visible.map(({ time }) => time)) + offset,
        Math.max(...visible.map(({ time }) => time)) + offset,
      ])
    }
  }
})
