import { describe, expect, it } from 'vitest'
import { Serial } from '../tasks/serial'
import { producerInfo } from '../testing/make-batch'
import { correctOffset, offsetOf, zeroOf } from './clock'

describe('the clock of a session', () => {
  it('believes the page, unless its wall clock says otherwise', () => {
    expect(zeroOf(1000, { now: 50, wall: 1050.4 })).toBe(1000)
    expect(zeroOf(1000, { now: 50, wall: 9050 })).toBe(9000)
    expect(offsetOf(400, 1000, { now: 50, wall: 1050 })).toBe(600)
  })

  it('is corrected after sleep, and left alone otherwise', () => {
    const info = producerInfo('P', { offset: 600 })
    correctOffset(info, 400, { now: 100, wall: 1900 })
    expect(info.offset).toBe(600)
    correctOffset(info, 400, { now: 100, wall: 61_100 })
    expect(info.offset).toBe(60_600)
  })
})

describe('serial tasks', () => {
  it('run at once while nothing waits, in order once something does', async () => {
    const serial = new Serial()
    const done: number[] = []
    serial.run(() => done.push(1))
    expect(done).toEqual([1])
    let open = () => {}
    const slow = serial.run(() => new Promise<void>(resolve => (open = resolve)).then(() => void done.push(2)))
    const rest = [3, 4].map(number => serial.run(() => done.push(number)))
    expect(done).toEqual([1])
    open()
    await Promise.all([slow, ...rest])
    expect(done).toEqual([1, 2, 3, 4])
  })

  it('go on after one that failed', async () => {
    const serial = new Serial()
    const failing = serial.run(() => Promise.reject(new Error('no')))
    const next = serial.run(() => {
      throw new Error('neither')
    })
    const last = serial.run(() => 5)
    await expect(failing).rejects.toThrow('no')
    await expect(next).rejects.toThrow('neither')
    expect(await last).toBe(5)
  })
})
