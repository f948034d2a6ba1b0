import { Flag } from '@playhead/shared/model/event'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createRecorder } from '../entries/core'
import { FakeEngine } from '../testing/fake-engine'

const recorderWith = () => createRecorder({ name: 'test', enabled: true })
const until = (condition: () => boolean) => expect.poll(condition).toBe(true)
const schemasOf = (engine: FakeEngine) => {
  const told = engine.replies.flatMap(message => (message.t === 'schemas' ? [message.schemas] : []))
  return told.at(-1) ?? []
}

describe('a registered schema', () => {
  const Payment = v.object({ id: v.string(), amount: v.pipe(v.number(), v.minValue(0)) })

  it('marks what does not fit, records it all the same, and travels to the panel', async () => {
    const recorder = recorderWith()
    const engine = new FakeEngine()
    const unregister = recorder.schema('payment', Payment, { version: '3' })
    engine.connect(recorder)
    recorder.record('payment', { id: 'a', amount: 5 })
    recorder.record('payment', { id: 'a', amount: -5 })
    recorder.record('other', { id: 7 })
    recorder.schema('later', Payment)
    await until(() => engine.events.size === 3 && schemasOf(engine).length === 2)
    const misfits = engine.list().map(event => (event.flags & Flag.misfit) !== 0)
    expect(misfits).toEqual([false, true, false])
    expect(schemasOf(engine)).toMatchObject([
      { type: 'payment', version: '3', vendor: 'valibot' },
      { type: 'later', version: '', vendor: 'valibot' },
    ])
    unregister()
    recorder.record('payment', { amount: 'none' })
    await until(() => engine.events.size === 4)
    expect((engine.list()[3]?.flags ?? 0) & Flag.misfit).toBe(0)
  })

  it('that throws or takes its time marks nothing, and never reaches the app', async () => {
    const recorder = recorderWith()
    const engine = new FakeEngine()
    const schema = (validate: (value: unknown) => unknown) => ({
      '~standard': { version: 1, vendor: 'mine', validate },
    })
    recorder.schema(
      'throws',
      schema(() => {
        throw new Error('no')
      }),
    )
    recorder.schema(
      'late',
      schema(async () => ({ issues: [{ message: 'no' }] })),
    )
    recorder.schema('nothing', undefined as never)
    engine.connect(recorder)
    recorder.record('throws', 1)
    recorder.record('late', 1)
    recorder.record('nothing', 1)
    await until(() => engine.events.size === 3)
    expect(engine.list().map(event => event.flags & Flag.misfit)).toEqual([0, 0, 0])
  })
})
