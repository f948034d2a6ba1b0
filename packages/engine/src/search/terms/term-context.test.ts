import { expect, it } from 'vitest'
import type { LogChunk, SteadyChunk } from '../../log/reader'
import { FakeLog } from '../../testing/fake-log'
import { rowTest } from './row-tests'
import { TERM_COMPILERS } from './term-compilers'
import { TermContext } from './term-context'
import type { TermTest } from './term-test'

const context = () => new TermContext(new FakeLog())

it('notes what a test reads that arrives late', () => {
  const asked = context()
  expect([...asked.changes]).toEqual([])
  asked.lateColumn('duration')
  expect([...asked.changes]).toEqual(['changed'])
  asked.gaps()
  expect([...asked.changes]).toEqual(['changed', 'gaps'])
})

it('lets no test read that in another way', () => {
  // @ts-expect-error: a test sees a steady chunk only.
  const read = ({ duration }: SteadyChunk) => duration
  const whole = ({ flags }: LogChunk) => flags
  // @ts-expect-error: and cannot demand a whole one,
  const literal: TermTest = { narrow: whole }
  class Greedy implements TermTest {
    // @ts-expect-error: neither as a class,
    narrow = whole
  }
  class GreedyMethod implements TermTest {
    // @ts-expect-error: nor as a method,
    narrow({ flags }: LogChunk) {
      return flags
    }
  }
  const byRow = () => {
    // @ts-expect-error: nor row by row,
    rowTest((chunk: LogChunk) => row => chunk.duration[row] === 1)
    // @ts-expect-error: nor from the log.
    return context().log.gaps
  }
  expect([read, literal, Greedy, GreedyMethod, byRow]).toHaveLength(5)
})

it('has a compiler for every kind of term', () => {
  const { level: _, ...rest } = TERM_COMPILERS
  // @ts-expect-error: one is missing.
  const incomplete: typeof TERM_COMPILERS = rest
  expect(incomplete).not.toHaveProperty('level')
})
