/** An app like Angular's: after each task of its zone it looks for changes, and emits that it did. */
import 'zone.js/node'
import { panel, report } from './panel'

declare const Zone: {
  root: ZoneLike
}
interface ZoneLike {
  run<R>(work: () => R): R
  fork(spec: object): ZoneLike
}
interface Delegate {
  scheduleTask(zone: unknown, task: unknown): unknown
  invokeTask(zone: unknown, task: unknown, self: unknown, args: unknown): unknown
}

const { createRecorder } = await import('@playhead/sdk')
const { eventTargetAdapter } = await import('@playhead/sdk/event-target')

const recorder = createRecorder({ name: 'zone', enabled: true })
const target = new EventTarget()
const linked = Zone.root.run(panel)
const tasks: string[] = []
let ticks = 0
const look = () => {
  if (ticks++ < 100) recorder.record('app:checked', { ticks })
}
const app = Zone.root.fork({
  name: 'app',
  onScheduleTask(parent: Delegate, _here: unknown, zone: unknown, task: { source: string }) {
    tasks.push(task.source)
    return parent.scheduleTask(zone, task)
  },
  onInvokeTask(parent: Delegate, _here: unknown, zone: unknown, task: unknown, self: unknown, args: unknown) {
    try {
      return parent.invokeTask(zone, task, self, args)
    } finally {
      look()
    }
  },
})
const wait = (ms: number) => Zone.root.run(() => new Promise<void>(done => setTimeout(done, ms)))

app.run(() => {
  recorder.acceptPort(linked.port)
  recorder.attach(eventTargetAdapter(target, ['heard']))
  recorder.artifact('report', 'text')
})
await wait(300)
ticks = 0
app.run(() => {
  recorder.record('user:clicked', {})
  recorder.schema('user:clicked', {
    '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
  } as never)
  recorder.describe({ 'user:clicked': { description: 'A click' } })
  look()
})
await wait(500)
report({ ticks, tasks, stored: linked.stored() })
