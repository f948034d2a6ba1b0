import { Limits } from '@playhead/shared/wire/limits'
import { expect, it, vi } from 'vitest'
import { createRecorder } from '../entries/core'
import { FakeEngine } from '../testing/fake-engine'

vi.mock('../page/natives', async original => ({
  ...(await original<typeof import('../page/natives')>()),
  warnOnce: () => {},
}))

const told = (engine: FakeEngine) =>
  engine.replies.flatMap(message => (message.t === 'describe' ? [message.types] : [])).at(-1) ?? []

it('tells the panel what the app says of its types, before and after it connects', async () => {
  const recorder = createRecorder({ name: 'test', enabled: true })
  const engine = new FakeEngine()
  recorder.describe({
    Settlement: { category: 'settlement', description: 'It settled.' },
    'row:*': { category: 'row' },
  })
  engine.connect(recorder)
  await expect
    .poll(() => told(engine))
    .toEqual([
      { type: 'Settlement', category: 'settlement', description: 'It settled.' },
      { type: 'row:*', category: 'row', description: '' },
    ])
  recorder.describe({ 'row:*': { description: 'A row changed.' } })
  await expect.poll(() => told(engine)[1]).toEqual({ type: 'row:*', category: '', description: 'A row changed.' })
  recorder.dispose()
})

it('tells what is said one by one in one message', async () => {
  const recorder = createRecorder({ name: 'test', enabled: true })
  const engine = new FakeEngine()
  engine.connect(recorder)
  await expect.poll(() => engine.hello).toBeDefined()
  const anything = { '~standard': { version: 1, vendor: 'own', validate: (value: unknown) => ({ value }) } } as const
  for (let i = 0; i < 1000; i++) {
    recorder.describe({ [`t${i}`]: { category: 'c' } })
    recorder.schema(`t${i}`, anything)
  }
  await expect.poll(() => told(engine).length).toBe(Limits.descriptions)
  recorder.record('last')
  await expect.poll(() => engine.events.size).toBe(1)
  expect(engine.replies.filter(({ t }) => t === 'describe' || t === 'schemas').map(({ t }) => t)).toEqual([
    'describe',
    'schemas',
  ])
  recorder.dispose()
})

it('takes anything without throwing, within bounds', async () => {
  const recorder = createRecorder({ name: 'test', enabled: true })
  const engine = new FakeEngine()
  recorder.describe(undefined as never)
  recorder.describe({ a: null as never })
  recorder.describe({ b: { category: 7 as never, description: 'x'.repeat(9999) } })
  recorder.describe(Object.fromEntries(Array.from({ length: 9999 }, (_, i) => [`t${i}`, { category: 'c' }])))
  engine.connect(recorder)
  await expect.poll(() => told(engine).length).toBe(Limits.descriptions)
  expect(told(engine)[0]).toEqual({ type: 'b', category: '', description: 'x'.repeat(Limits.description) })
  recorder.dispose()
})
