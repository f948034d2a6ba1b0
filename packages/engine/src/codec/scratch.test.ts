import { expect, it } from 'vitest'
import { Scratch } from './scratch'

it('gives a buffer to one taker at a time, of the size asked for', () => {
  const scratch = new Scratch()
  const one = scratch.take(1000)
  const two = scratch.take(1000)
  expect(one.length).toBe(1000)
  expect(one.buffer).not.toBe(two.buffer)
  scratch.give(one)
  scratch.give(one)
  const three = scratch.take(2000)
  const four = scratch.take(2000)
  expect(three.buffer).toBe(one.buffer)
  expect(three.length).toBe(2000)
  for (const other of [one, two]) expect(four.buffer).not.toBe(other.buffer)
  scratch.give(two)
  expect(scratch.take(10 << 20).length).toBe(10 << 20)
})

it('leaves what is not its own alone', () => {
  const scratch = new Scratch()
  const foreign = new Uint8Array(1 << 20)
  scratch.give(foreign)
  expect(scratch.take(5).buffer).not.toBe(foreign.buffer)
})
