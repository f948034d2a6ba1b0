import { expect, it } from 'vitest'
import { SessionLog } from '../log/session-log'
import { makeBatch, producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { StateRequests } from './state-requests'

const A = testProducer(1)

function sessionOf(maxEvents: number, json?: string) {
  const log = new SessionLog(sessionInfo('S'), { maxEvents, textBudget: 1 << 30 })
  const producer = log.addProducer(producerInfo(A))
  if (!producer) throw new Error('no producer')
  const state = { producer: A, afterN: 0, take: 0, time: 0, state: 'grid', why: 'start' as const }
  if (json !== undefined) log.addKeyframe({ ...state, json })
  let firstN = 1
  return {
    log,
    emit(count: number, take = 0) {
      for (let left = count; left > 0; left -= 512) {
        const now = Math.min(left, 512)
        log.append(makeBatch({ producer: A, firstN, count: now, take }), producer)
        firstN += now
      }
    },
  }
}

it('asks for a small state once a chunk, and not too often', () => {
  let now = 0
  const requests = new StateRequests(() => now)
  const { log, emit } = sessionOf(1e6, '{}')
  emit(4000)
  expect(requests.due(log)).toBe(false)
  emit(100)
  expect(requests.due(log)).toBe(true)
  expect(requests.due(log)).toBe(false)
  emit(5000)
  expect(requests.due(log)).toBe(false)
  now += 2000
  expect(requests.due(log)).toBe(true)
})

it('asks for none where there is no bound, no state, or a large one', () => {
  for (const session of [
    sessionOf(Number.POSITIVE_INFINITY, '{}'),
    sessionOf(1e6),
    sessionOf(1e6, `"${'x'.repeat(300_000)}"`),
  ]) {
    session.emit(9000)
    expect(new StateRequests().due(session.log)).toBe(false)
  }
})

it('asks for none during a replay, and again when it is over', () => {
  const { log, emit } = sessionOf(1e6, '{}')
  const requests = new StateRequests()
  emit(5000, 1)
  expect(requests.due(log)).toBe(false)
  log.addKeyframe({ producer: A, afterN: 5000, take: 1, time: 0, state: 'grid', why: 'end', json: '{}' })
  emit(1)
  expect(requests.due(log)).toBe(true)
})
