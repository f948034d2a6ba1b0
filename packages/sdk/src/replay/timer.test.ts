import { describe, expect, it } from 'vitest'
import { platformTimer } from './timer'

describe.each(['precise', 'light'] as const)('the %s timer', timing => {
  it('never calls back too early, nor at once', async () => {
    const timer = platformTimer(timing)
    for (const ms of [0, 0.3, 1, 3, 12]) {
      const due = timer.now() + ms
      let called = Number.NaN
      await new Promise<void>(done => {
        timer.after(ms, () => {
          called = timer.now()
          done()
        })
        expect(called).toBeNaN()
      })
      expect(called).toBeGreaterThanOrEqual(due - (timing === 'precise' ? 0 : 1))
    }
    timer.dispose()
  })

  it('forgets what was replaced or cancelled', async () => {
    const timer = platformTimer(timing)
    const calls: string[] = []
    timer.after(1, () => calls.push('replaced'))
    timer.soon(() => calls.push('replaced too'))
    await new Promise<void>(done => timer.after(4, done))
    timer.soon(() => calls.push('cancelled'))
    timer.cancel()
    await new Promise<void>(done => timer.after(4, done))
    expect(calls).toEqual([])
    timer.dispose()
  })

  it('spins for a short time only', () => {
    const timer = platformTimer(timing)
    expect(timer.spin(50)).toBe(false)
    expect(timer.spin(0)).toBe(true)
    const before = timer.now()
    if (timer.spin(0.5)) expect(timer.now()).toBeGreaterThanOrEqual(before + 0.5)
    timer.dispose()
  })
})
