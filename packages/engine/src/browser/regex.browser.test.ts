import { expect, it } from 'vitest'
import { ThreadRegexRunner } from '../search/terms/regex-runner'
import type { RegexJob } from '../search/terms/run-regex'
import { regexWorker } from './regex-thread'

const encoder = new TextEncoder()
const runnerWith = (limit?: number) => new ThreadRegexRunner(regexWorker, limit)

function jobOf(source: string, texts: readonly string[], names: string[] = []): RegexJob {
  let end = 0
  const ends = Uint32Array.from(texts, text => (end += encoder.encode(text).length))
  return { source, flags: 'i', names, text: encoder.encode(texts.join('')), ends }
}

it('finds an expression in each stretch by itself, and in names', async () => {
  const found = await runnerWith().run(jobOf('^b.r|ü$', ['foo', 'BAR', 'bÜ', ''], ['bar', 'rab']))
  expect([...found.rows]).toEqual([0, 1, 1, 0])
  expect([...found.names]).toEqual([1, 0])
})

it('stops one that would take for ever, and goes on with the next', async () => {
  const runner = runnerWith(200)
  const endless = runner.run(jobOf('^(a+)+$', [`${'a'.repeat(60)}!`]))
  await expect(endless).rejects.toThrow('takes too long')
  expect([...(await runner.run(jobOf('a', ['a']))).rows]).toEqual([1])
})

it('does not keep those who wait for what nobody waits for', async () => {
  const runner = runnerWith(1e9)
  const endless = () => jobOf('^(a+)+$', [`${'a'.repeat(60)}!`])
  let isWanted = true
  const old = [1, 2].map(() => runner.run(endless(), () => isWanted))
  isWanted = false
  const told = await Promise.allSettled([runner.run(jobOf('a', ['a'])), ...old])
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
})

it('answers whoever waits behind one that is stopped', async () => {
  const runner = runnerWith(200)
  const endless = () => runner.run(jobOf('^(a+)+$', [`${'a'.repeat(60)}!`]))
  const jobs = [endless(), runner.run(jobOf('b', ['abc', 'x'])), endless(), runner.run(jobOf('x', ['abc', 'x']))]
  const told = await Promise.allSettled(jobs)
  expect(told.map(one => (one.status === 'fulfilled' ? [...one.value.rows] : 'stopped'))).toEqual([
    ...['stopped', [1, 0], 'stopped', [0, 1]],
  ])
})
