import { describe, expect, it } from 'vitest'
import { Serial } from './serial'

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
