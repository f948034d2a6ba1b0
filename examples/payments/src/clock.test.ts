import { describe, expect, test } from 'vitest'
import { scenario } from '../test/scenario'
import { createClock, type Timer } from './clock'
import type { Speed, State } from './model/types'
import type { Store } from './store'

/** Time that moves only when told to; each call of a callback takes `cost` ms. */
function manual(cost = 0) {
  let time = 0
  let planned: { at: number; callback: () => void } | undefined
  const timer: Timer = {
    now: () => time,
    set(callback, ms) {
      planned = { at: time + ms, callback }
      return planned
    },
    clear(handle) {
      if (handle === planned) planned = undefined
    },
  }
  const advance = (ms: number) => {
    const end = time + ms
    while (planned && planned.at <= end) {
      const { at, callback } = planned
      planned = undefined
      time = Math.max(time, at)
      callback()
      time += cost
    }
    time = Math.max(time, end)
  }
  return { timer, advance, sleep: (ms: number) => (time += ms), idle: () => planned === undefined }
}

function app(speed: Speed, cost?: number) {
  const run = scenario({ arrivals: 0 })
  const listeners: (() => void)[] = []
  const tell = () => listeners.forEach(listener => void listener())
  const replace = (state: State) => {
    run.replace(state)
    tell()
  }
  const store: Store = {
    get: run.state,
    replace,
    update: change => replace(change(run.state())),
    subscribe(listener) {
      listeners.push(listener)
      return () => {}
    },
  }
  run.bus.on('SetSpeed', tell)
  const time = manual(cost)
  const clock = createClock(run.bus, store, time.timer)
  const setSpeed = (wanted: Speed) => run.bus.emit('SetSpeed', { tick: 0, day: 1, speed: wanted })
  setSpeed(speed)
  clock.start()
  return { run, store, clock, setSpeed, ...time, ticks: () => run.of('Tick').length }
}

describe('the clock', () => {
  test.each([1, 5, 20, 100] as const)('at %d ticks a second', speed => {
    const it = app(speed)
    it.advance(10_000)
    expect(it.ticks()).toBe(speed * 10)
  })
  test('keeps the rate when every beat is late', () => {
    const it = app(20, 30)
    it.advance(10_000)
    expect(it.ticks()).toBeGreaterThanOrEqual(199)
  })
  test('does not run after lost time', () => {
    const it = app(20)
    it.sleep(60_000)
    it.advance(0)
    expect(it.ticks()).toBe(10)
    it.advance(1000)
    expect(it.ticks()).toBeLessThanOrEqual(31)
  })
  test('stands still when paused, and goes on', () => {
    const it = app(5)
    it.advance(1000)
    it.setSpeed(0)
    expect(it.idle()).toBe(true)
    it.advance(5000)
    expect(it.ticks()).toBe(5)
    it.setSpeed(1)
    it.advance(2000)
    expect(it.ticks()).toBe(7)
  })
  test('stop holds it, start brings the speed of the state as it is then', () => {
    const it = app(20)
    it.clock.stop()
    it.setSpeed(5)
    it.advance(1000)
    expect(it.ticks()).toBe(0)
    it.store.replace({ ...it.run.state(), clock: { speed: 1, resume: 1 } })
    expect(it.idle()).toBe(true)
    it.clock.start()
    it.advance(3000)
    expect(it.ticks()).toBe(3)
  })
  test('a restored state brings its speed along', () => {
    const it = app(0)
    it.store.replace({ ...it.run.state(), clock: { speed: 5, resume: 5 } })
    it.advance(1000)
    expect(it.ticks()).toBe(5)
  })
})
