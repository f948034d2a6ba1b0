/** A test's clock, which stands still from before the app began. */
import FakeTimers from '@sinonjs/fake-timers'
import { panel, report } from './panel'

const later = setTimeout
const clock = FakeTimers.install({ toNotFake: ['nextTick', 'queueMicrotask'] })
const { createRecorder } = await import('@playhead/sdk')

const recorder = createRecorder({ name: 'frozen', enabled: true })
const linked = panel()
recorder.acceptPort(linked.port)
await new Promise(done => later(done, 200))
for (let i = 0; i < 5; i++) recorder.record('frozen', { i })
await new Promise(done => later(done, 200))
report({ stored: linked.stored(), waiting: clock.countTimers() })
