/** A library that sees every timer, listener and reaction, as those do which follow a request through its tasks. */
import { panel, report } from './panel'

const tasks: string[] = []
const world = globalThis as unknown as Record<string, (...args: unknown[]) => unknown>
function count(object: object, name: string): void {
  const methods = object as Record<string, (...args: unknown[]) => unknown>
  const native = methods[name] as (...args: unknown[]) => unknown
  methods[name] = function (this: unknown, ...args: unknown[]) {
    if (counting) tasks.push(name)
    return native.apply(this, args)
  }
}
let counting = false
const later = setTimeout
for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']) count(world, name)
for (const name of ['then', 'catch', 'finally']) count(Promise.prototype, name)

const { createRecorder } = await import('@playhead/sdk')
counting = true
const recorder = createRecorder({ name: 'counted', enabled: true })
const linked = panel()
recorder.acceptPort(linked.port)
await new Promise(done => later(done, 200))
for (let i = 0; i < 5; i++) recorder.record('counted', { i })
await new Promise(done => later(done, 200))
report({ tasks, stored: linked.stored() })
