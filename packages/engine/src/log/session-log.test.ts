import { decodeBatch } from '@playhead/shared/wire/batch-decode'
import { expect, it } from 'vitest'
import { makeBatch, makeBatchBytes, producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { Random } from '../testing/random'
import type { ProducerLog } from './producer-log'
import { SessionLog } from './session-log'

const decoder = new TextDecoder()

interface Oracle {
  /** Visible events in order of arrival. */
  rows: { producer: number; n: number; time: number; type: string; payload: string; duration: number }[]
  seen: Set<string>
}

function visible(log: SessionLog): Oracle['rows'] {
  const rows: Oracle['rows'] = []
  for (const chunk of log.chunks) {
    for (let row = chunk.firstRow; row < chunk.count; row++) {
      const start = row === 0 ? 0 : chunk.payloadEnds[row - 1]
      rows.push({
        producer: chunk.producer[row]!,
        n: chunk.n[row]!,
        time: chunk.time[row]!,
        type: log.types[chunk.type[row]!]!,
        payload: decoder.decode(chunk.text!.subarray(start, chunk.payloadEnds[row])),
        duration: chunk.duration[row]!,
      })
    }
  }
  return rows
}

/** emitted − base = stored + Σ gaps, and no number is both or neither. */
function checkNumbers(log: SessionLog, logs: readonly ProducerLog[]): void {
  for (const producer of logs) {
    const { info, covered, stored, gaps } = producer
    expect(covered - info.base).toBe(stored + gaps.count)
    expect(gaps.gaps.reduce((sum, gap) => sum + gap.count, 0)).toBe(gaps.count)
    let end = { toN: 0, reason: '' }
    for (const gap of gaps.gaps) {
      const ordered = gap.fromN > end.toN && (gap.fromN > end.toN + 1 || gap.reason !== end.reason)
      const absent = log.seqOf(producer.code, gap.fromN) === -1 && log.seqOf(producer.code, gap.toN) === -1
      if (!ordered || !absent || gap.count !== gap.toN - gap.fromN + 1)
        expect(gap, JSON.stringify(end)).toBe('a right gap')
      end = gap
    }
  }
}

it.each([1, 2, 3, 4, 5, 6])(
  'keeps what a plain array keeps, whatever is lost, doubled, late or evicted (seed %i)',
  seed => {
    const random = new Random(seed)
    const maxEvents = random.pick([300, 5000, 9000])
    const log = new SessionLog(sessionInfo('S'), { maxEvents, textBudget: 1 << 30 })
    const offsets = [0, -250.5, 1e6]
    const logs = offsets.map((offset, i) => log.addProducer(producerInfo(testProducer(i), { offset, base: i * 7 }))!)
    const next = logs.map(producer => producer.info.base + 1)
    const oracle: Oracle = { rows: [], seen: new Set() }
    let held: { code: number; numbers: number[] }[] = []
    for (let step = 0; step < 200; step++) {
      const code = random.whole(0, 2)
      const producer = logs[code]!
      let numbers = Array.from({ length: random.whole(0, 300) }, (_, i) => next[code]! + i)
      next[code] = next[code]! + numbers.length
      if (random.chance(0.1)) next[code] = next[code]! + random.whole(1, 50)
      if (random.chance(0.15)) numbers = numbers.filter(() => random.chance(0.9))
      let from = code
      if (random.chance(0.1)) {
        held.push({ code, numbers })
        continue
      }
      if (held.length && random.chance(0.3)) {
        const late = held.shift()!
        numbers = late.numbers
        from = late.code
      }
      const times = random.chance(0.2) && numbers.length ? 2 : 1
      for (let time = 0; time < times; time++) {
        const type = random.pick([['a', 'b'], ['b', 'a', 'c'], [`t${step}`]])
        log.append(
          decodeBatch(makeBatchBytes({ producer: testProducer(from), numbers, time: step * 10, types: type })),
          logs[from]!,
        )
        numbers.forEach((n, i) => {
          const key = `${from}:${n}`
          if (oracle.seen.has(key) || n <= logs[from]!.info.base) return
          oracle.seen.add(key)
          const row = {
            producer: from,
            n,
            time: step * 10 + i + offsets[from]!,
            type: type[n % type.length]!,
            payload: `{"n":${n}}`,
          }
          oracle.rows.push({ ...row, duration: 0 })
        })
      }
      if (random.chance(0.2)) {
        const end = producer.covered + random.whole(0, 20)
        log.addGap(
          producer,
          Math.max(1, end - random.whole(0, 60)),
          end,
          random.pick(['buffer', 'paused', 'unload']),
          0,
          0,
        )
        next[code] = Math.max(next[code]!, producer.covered + 1)
      }
      if (random.chance(0.3) && oracle.rows.length) {
        const row = random.pick(oracle.rows)
        const late = [{ n: row.n, duration: step / 4, flags: 0 }]
        log.append(makeBatch({ producer: testProducer(row.producer), count: 0, rest: { late } }), logs[row.producer]!)
        row.duration = step / 4
      }
      oracle.rows = oracle.rows.slice(-maxEvents)
      checkNumbers(log, logs)
      expect(log.stored).toBe(oracle.rows.length)
    }
    const rows = visible(log)
    expect(rows).toEqual(oracle.rows)
    expect(rows.map(row => log.seqOf(row.producer, row.n))).toEqual(rows.map((_, i) => log.endSeq - rows.length + i))
    expect(log.chunks[0]!.firstSeq + log.chunks[0]!.firstRow).toBe(log.firstSeq)
    held = []
  },
)

it('tells why events are missing, and takes it back when they come late', () => {
  const log = new SessionLog(sessionInfo('S'), { maxEvents: 1e6, textBudget: 1 << 30 })
  const id = testProducer(1)
  const producer = log.addProducer(producerInfo(id))!
  log.append(makeBatch({ producer: id, firstN: 1, count: 10 }), producer)
  log.append(makeBatch({ producer: id, firstN: 21, count: 10 }), producer)
  const gap = (fromN: number, toN: number, reason: string) => ({ fromN, toN, reason })
  const gaps = () => log.gaps.map(({ fromN, toN, reason }) => ({ fromN, toN, reason }))
  expect(gaps()).toEqual([gap(11, 20, 'lost')])
  expect(producer.acceptedFor(5)).toBe(10)
  expect(producer.acceptedFor(21)).toBe(30)
  log.append(makeBatch({ producer: id, firstN: 14, count: 2 }), producer)
  expect(gaps()).toEqual([gap(11, 13, 'lost'), gap(16, 20, 'lost')])
  log.addGap(producer, 12, 17, 'buffer', 0, 0)
  expect(gaps()).toEqual([gap(11, 11, 'lost'), gap(12, 13, 'buffer'), gap(16, 17, 'buffer'), gap(18, 20, 'lost')])
  log.append(makeBatch({ producer: id, firstN: 11, count: 10 }), producer)
  expect(gaps()).toEqual([])
  expect(log.stored).toBe(30)
})

it('tells of a mark that comes alone, once its batch is new', () => {
  const log = new SessionLog(sessionInfo('S'), { maxEvents: 1e6, textBudget: 1 << 30 })
  const id = testProducer(1)
  const producer = log.addProducer(producerInfo(id))!
  const told: string[] = []
  log.onChange(({ t }) => told.push(t))
  const mark = { kind: 'day' as const, name: 'day 2', time: 5, producer: id, afterN: 0 }
  const batch = { ...makeBatch({ producer: id, count: 0 }), marks: [mark] }
  log.append(batch, producer)
  log.append(batch, producer)
  expect(told).toEqual(['marks'])
  expect(log.session.marks).toEqual([mark])
})
