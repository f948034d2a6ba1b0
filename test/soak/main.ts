/**
 * npm run soak                                     10 minutes of 5,000 events a second into a real panel that keeps 200,000 of them
 * npm run soak -- --minutes 3 --rate 5000 --keep 200000 [--no-build]
 * Prints memory and disk every 10 s, and whether they are flat once the bound bites. Fails where something grows, or where an event is
 * missing that was not evicted.
 */
import { parseArgs } from 'node:util'
import { build } from '../../scripts/lib/build.ts'
import { type Chromium, launchChromium } from '../support/chromium.ts'
import { byTestId, Panel } from '../support/panel.ts'
import { SDK_MOUNTS, type Site, startServer } from '../support/server.ts'
import { pause, waitFor } from '../support/wait.ts'
import { judge, type Series } from './flat.ts'
import { meterOf, missingByReason, type Usage } from './measure.ts'

declare const soak: { start(rate: number): void; stop(): number; emitted: number }

const EVERY = 10
/** Seconds after the bound began to bite that are not judged. */
const SETTLING = 20

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '5000' },
    keep: { type: 'string', default: '200000' },
    'no-build': { type: 'boolean', default: false },
  },
})
const [minutes, rate, keep] = [values.minutes, values.rate, values.keep].map(Number) as [number, number, number]
const warmUp = keep / rate + SETTLING
if (!(minutes * 60 > warmUp + 3 * EVERY)) {
  throw new Error(
    `the bound bites after ${keep / rate} s: make it ${Math.ceil((warmUp + 4 * EVERY) / 60)} minutes or more`,
  )
}
if (!values['no-build']) await build(['sdk', 'chromium'])
const site = await startServer({ mounts: SDK_MOUNTS, pages: { '/soak': page(keep) } })
const chromium = await launchChromium()
try {
  process.exitCode = (await run(site, chromium)) ? 0 : 1
} finally {
  await chromium.close()
  await site.close()
}

async function run({ origin }: Site, browser: Chromium): Promise<boolean> {
  const tab = await browser.open(`${origin}/soak`)
  const panel = await Panel.open(tab)
  await panel.connected()
  await bound(panel)
  const look = await meterOf(browser, tab, panel)
  const series: Record<keyof Usage, Series> = {
    page: { what: 'page: heap and buffers', seconds: [], bytes: [] },
    panel: { what: 'panel: heap and buffers', seconds: [], bytes: [] },
    worker: { what: 'worker: heap and buffers', seconds: [], bytes: [] },
    disk: { what: 'database on disk', seconds: [], bytes: [] },
  }
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1000
  await tab.evaluate(perSecond => soak.start(perSecond), rate)
  console.log('     s   emitted  events/s  behind    page   panel  worker    disk  (MB)')
  let [before, at] = [0, 0]
  while (seconds() < minutes * 60) {
    await pause(Math.max(0, (Math.floor(seconds() / EVERY) + 1) * EVERY - seconds()) * 1000)
    const now = seconds()
    const { events, missing } = await panel.counts()
    const emitted = await tab.evaluate(() => soak.emitted)
    const usage = await look()
    const sizes = Object.values(usage).map(bytes => (bytes / 1e6).toFixed(1).padStart(8))
    const speed = Math.round((emitted - before) / (now - at))
    const cells = [now.toFixed(0).padStart(6), String(emitted).padStart(10), String(speed).padStart(10)]
    console.log(`${cells.join('')}${String(emitted - events - missing).padStart(8)}${sizes.join('')}`)
    ;[before, at] = [emitted, now]
    if (now < warmUp) continue
    for (const [name, bytes] of Object.entries(usage)) {
      series[name as keyof Usage].seconds.push(now)
      series[name as keyof Usage].bytes.push(bytes)
    }
  }
  const emitted = await tab.evaluate(() => soak.stop())
  const { events, missing } = await panel.accounted(emitted)
  await waitFor(async () => (await panel.value('status-persisted')) === emitted, { what: 'all to be on disk' })
  const { evicted = 0, ...others } = await missingByReason(panel)
  const lost = Object.values(others).reduce((sum, count) => sum + count, 0)
  console.log(
    `\n${emitted} emitted = ${events} kept + ${evicted} evicted by the bound + ${lost} lost${lost ? ` ${JSON.stringify(others)}` : ''}`,
  )
  const verdicts = Object.values(series).map(judge)
  for (const { what, flat, first, last, slope } of verdicts) {
    const [from, to, grows] = [first, last, slope].map(bytes => (bytes / 1e6).toFixed(2))
    console.log(`${flat ? 'flat ' : 'GROWS'}  ${what}: ${from} → ${to} MB, ${grows} MB a minute`)
  }
  return verdicts.every(({ flat }) => flat) && lost === 0 && evicted === missing && events === keep
}

/** Sets the bound as a user does. */
async function bound(panel: Panel): Promise<void> {
  await panel.click('status-bytes')
  const input = await panel.frame.waitForSelector(byTestId('retention-session-events'), { visible: true })
  await input?.click({ count: 3 })
  await panel.devtools.keyboard.type(String(keep))
  await panel.devtools.keyboard.press('Enter')
  await panel.click('dialog-close')
}

function page(capacity: number): string {
  return `<!doctype html><title>soak</title><link rel="icon" href="data:,"><script type="module">
import { createRecorder } from '/sdk/index.js'
import { mittAdapter } from '/sdk/mitt.js'
import mitt from '/vendor/mitt.mjs'
const bus = mitt()
const recorder = createRecorder({ name: 'soak', enabled: true, capacity: ${Math.min(capacity, 50_000)} })
recorder.attach(mittAdapter(bus), { source: 'core' })
const types = ['order', 'payment', 'refund', 'row:update', 'tick']
const payload = i => ({
  orderId: 'order-' + i, customer: 'Customer ' + (i % 97), amount: i * 1.5, currency: 'EUR', tick: i,
  status: 'accepted', lines: [{ sku: 'A-' + (i % 13), quantity: 3 }, { sku: 'B-7', quantity: 1 }], note: 'delivered to the door',
})
let timer
const soak = globalThis.soak = {
  emitted: 0,
  start(rate) {
    const begun = performance.now()
    timer = setInterval(() => {
      const due = Math.floor(((performance.now() - begun) * rate) / 1000)
      for (; soak.emitted < due; soak.emitted++) bus.emit(types[soak.emitted % 5], payload(soak.emitted))
    }, 10)
  },
  stop() {
    clearInterval(timer)
    return soak.emitted
  },
}
</script>`
}
