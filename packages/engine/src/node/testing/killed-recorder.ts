/**
 * A process that records into a folder as fast as it can, prints what is acknowledged as persisted, and is killed at some moment:
 * `tsx killed-recorder.ts <folder>`.
 */
import { nodeHost } from '../host'
import { recordInto, startEngine } from './recorded-here'

const engine = await startEngine(nodeHost(process.argv[2]!))
let told = 0
const recorder = await recordInto(engine, message => {
  const { t, persisted } = message as { t: string; persisted?: number }
  if (t !== 'ack' || persisted === undefined || persisted <= told) return
  told = persisted
  process.stdout.write(`${persisted}\n`)
})
for (let n = 1; ; n++) {
  recorder.record('order:placed', { orderId: n, text: 'x'.repeat(100) })
  if (n % 500 === 0) await new Promise(resolve => setTimeout(resolve))
}
