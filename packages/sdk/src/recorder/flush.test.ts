import { expect, it } from 'vitest'
import { createRecorder } from '../index'
import { FakeEngine } from '../testing/fake-engine'

const recording = () => createRecorder({ enabled: true, name: 'flush' })

it('waits until a panel has everything on its disk', async () => {
  const recorder = recording()
  const engine = new FakeEngine()
  engine.connect(recorder)
  for (let i = 0; i < 1000; i++) recorder.record('tick', i)
  expect(await recorder.flush()).toEqual({ emitted: 1000, accepted: 1000, persisted: 1000, complete: true })
  expect(engine.list()).toHaveLength(1000)
  recorder.dispose()
})

it('says what did not arrive in time, and waits for a panel that comes meanwhile', async () => {
  const recorder = recording()
  recorder.record('tick')
  expect(await recorder.flush({ timeout: 30 })).toEqual({ emitted: 1, accepted: 0, persisted: 0, complete: false })
  const flushed = recorder.flush()
  new FakeEngine().connect(recorder)
  expect(await flushed).toMatchObject({ emitted: 1, complete: true })
  recorder.dispose()
})

it('is over at once where nothing was recorded, and when the recorder is disposed', async () => {
  const recorder = recording()
  expect(await recorder.flush()).toMatchObject({ emitted: 0, complete: true })
  recorder.record('tick')
  const flushed = recorder.flush()
  recorder.dispose()
  expect(await flushed).toMatchObject({ emitted: 1, complete: false })
  expect(await createRecorder({ enabled: false }).flush()).toMatchObject({ emitted: 0, complete: true })
})
