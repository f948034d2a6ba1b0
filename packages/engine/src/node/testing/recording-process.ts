/**
 * A process that records into a folder until it is killed, so many events every so many ms, and prints what is acknowledged as persisted:
 * `tsx recording-process.ts <folder> <events> <ms>`.
 */
import { nodeHost } from '../host'
import { recordInto, startEngine } from './recorded-here'

const [folder, events, ms] = process.argv.slice(2) as [string, string, string]
const engine = await startEngine(nodeHost(folder))
let told = 0
const recorder = await recordInto(engine, message => {
  const { t, persisted } = message as { t: string; persisted?: number }
  if (t !== 'ack' || persisted === undefined || persisted <= told) return
  told = persisted
  process.stdout.write(`${persisted}\n`)
})
for (let n = 1; ; n++) {
  recorder.record('order:placed', { orderId: n, text: 'x'.repeat(100) })
  if (n % Number(events) === 0) await new Promise(resolve => setTimeout(resolve, Number(ms)))
}
