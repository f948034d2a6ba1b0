import { describe, expect, it } from 'vitest'
import { SessionLog } from '../log/session-log'
import { makeBatch, producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { TypeFields } from './fields'
import { Learner } from './learner'

const A = testProducer(1)

describe('fields of payloads', () => {
  const learned = (...payloads: string[]) => {
    const fields = new TypeFields()
    for (const [seq, payload] of payloads.entries()) fields.learn(payload, seq)
    return [...fields.fields.values()].map(({ path, kinds, seen }) => `${path}: ${[...kinds].join('|')} ×${seen}`)
  }

  it('are paths with what stands there', () => {
    expect(
      learned('{"id":1,"lines":[{"sku":"a"},{"sku":null}],"at":{"$ph":"date","v":"2026-01-01T00:00:00.000Z"}}'),
    ).toEqual([
      ': object ×1',
      'id: number ×1',
      'lines: array ×1',
      'lines[]: object ×1',
      'lines[].sku: string|null ×1',
      'at: date ×1',
    ])
    expect(learned('{"id":1}', '{"id":"x","$$ph":2}', '7', '')).toEqual([
      ': object|number|undefined ×4',
      'id: number|string ×2',
      '$ph: number ×1',
    ])
    expect(learned('{"$ph":"instance","type":"Row","v":{"id":1}}')).toEqual([': instance ×1', 'id: number ×1'])
  })

  it('are bounded, whatever arrives', () => {
    const fields = new TypeFields()
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i])))
    fields.learn(wide, 0)
    fields.learn('{"__proto__":{"constructor":1},"a":', 1)
    fields.learn(`${'{"a":'.repeat(900)}1${'}'.repeat(900)}`, 2)
    expect(fields.fields.size).toBe(200)
    expect(fields.others).toBeGreaterThan(800)
  })
})

describe('a session', () => {
  const filled = (events: number, payload: (n: number) => string) => {
    const log = new SessionLog(sessionInfo('S'), { maxEvents: 1e9, textBudget: 1 << 30 })
    const producer = log.addProducer(producerInfo(A))
    if (!producer) throw new Error('no producer')
    const add = (firstN: number, count: number) =>
      log.append(makeBatch({ producer: A, firstN, count, types: ['row'], payload }), producer)
    for (let firstN = 1; firstN <= events; firstN += 1000) add(firstN, Math.min(1000, events - firstN + 1))
    return { log, add }
  }

  it('tells what its types look like, what is new, and reads on from where it was', async () => {
    const { log, add } = filled(10_000, n => (n > 5000 ? `{"id":${n},"late":true}` : `{"id":${n}}`))
    const learner = new Learner(log)
    const [row] = await learner.facts()
    expect(row).toMatchObject({ type: 'row', events: 10_000, misfits: 0, others: 0 })
    expect(row?.read).toBeLessThan(500)
    expect(row?.fields.map(({ path, kinds, isNew }) => [path, kinds, isNew])).toEqual([
      ['', ['object'], false],
      ['id', ['number'], false],
      ['late', ['boolean'], true],
    ])
    add(10_001, 500)
    expect((await learner.facts())[0]?.events).toBe(10_500)
  })
})
