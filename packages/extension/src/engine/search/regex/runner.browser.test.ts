import { expect, it } from 'vitest'
import type { RegexJob } from './run-regex'
import { WorkerRegexRunner } from './runner'

const encoder = new TextEncoder()

function jobOf(source: string, texts: readonly string[], names: string[] = []): RegexJob {
  let end = 0
  const ends = Uint32Array.from(texts, text => (end += encoder.encode(text).length))
  return { source, flags: 'i', names, text: encoder.encode(texts.join('')), ends }
}

it('finds an expression in each stretch by itself, and in names', async () => {
  const found = await new WorkerRegexRunner().run(jobOf('^b.r|ü$', ['foo', 'BAR', 'bÜ', ''], ['bar', 'rab']))
  expect([...found.rows]).toEqual([0, 1, 1, 0])
  expect([...found.names]).toEqual([1, 0])
})

it('stops one that would take for ever, and goes on with the next', async () => {
  const runner = new WorkerRegexRunner(200)
  const endless = runner.run(jobOf('^(a+)+$', [`${'a'.repeat(60)}!`]))
  await expect(endless).rejects.toThrow('takes too long')
  expect([...(await runner.run(jobOf('a', ['a']))).rows]).toEqual([1])
})
