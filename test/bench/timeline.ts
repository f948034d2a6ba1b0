import type { Page } from 'puppeteer-core'
import { SessionLog } from '../../packages/engine/src/log/session-log.ts'
import { DensityCounter } from '../../packages/engine/src/search/density/density.ts'
import { makeBatch, producerInfo, sessionInfo, testProducer } from '../../packages/engine/src/testing/make-batch.ts'
import { launchChromium } from '../support/chromium'
import { byTestId, Panel } from '../support/panel'
import { SDK_MOUNTS, startServer } from '../support/server'
import { waitFor } from '../support/wait'
import { frameRows, framesDuring } from './frames.ts'
import { type BenchRow, median } from './row.ts'

declare const bench: { emit(total: number, slice: number): Promise<void> }

const EVENTS = 1_000_000
const SLICE = 3000
/** Half of the events, drawn over the rest. */
const FILTER = 'payload.amount>750000'
const TYPES = Array.from({ length: 30 }, (_, i) => `${['row', 'tx', 'clock', 'grid', 'agent'][i % 5]}:type${i}`)

/** The timeline of a session of a million events in the real panel: frames while it is zoomed, moved, dragged over, and live. */
export async function benchTimeline(): Promise<BenchRow[]> {
  const site = await startServer({ mounts: SDK_MOUNTS, pages: { '/bench': PAGE } })
  const chromium = await launchChromium()
  try {
    const page = await chromium.open(`${site.origin}/bench`)
    const panel = await Panel.open(page)
    await panel.connected()
    await page.evaluate((total, slice) => bench.emit(total, slice), EVENTS, SLICE)
    await waitFor(async () => (await panel.value('status-events')) >= EVENTS, { what: 'all events', timeout: 300_000 })
    await pause(3000)
    const rows = async (what: string, work: () => Promise<void>, note = '') =>
      frameRows(`timeline of ${EVENTS.toLocaleString('en')}, ${what}`, await framesDuring(panel, work), note)
    const moved = async (how: string) => [
      ...(await rows(`zooming with the wheel${how}`, () => zoom(panel))),
      ...(await rows(`moving with A and D${how}`, () => move(panel))),
      ...(await rows(`dragging a stretch and the playhead${how}`, () => drag(panel))),
    ]
    const bare = [
      ...(await counting()),
      ...(await rows('standing still', () => pause(1500), 'what the machine gives')),
      ...(await moved('')),
      ...(await rows('live, 20,000 events/s', () => live(page))),
    ]
    await panel.filter(FILTER)
    await waitFor(async () => (await panel.attribute('view-matched', 'data-done')) === 'true', {
      what: 'all that match',
      timeout: 60_000,
    })
    await pause(1000)
    return [...bare, ...(await moved(`, with a filter drawn over the rest (${FILTER})`))]
  } finally {
    await chromium.close()
    await site.close()
  }
}

/** ms to count all of a session: a stretch that was not asked for before, and one that was, with a batch more. */
async function counting(): Promise<BenchRow[]> {
  const log = new SessionLog(sessionInfo('bench'), { maxEvents: EVENTS * 2, textBudget: 1 << 20 })
  const id = testProducer(1)
  const producer = log.addProducer(producerInfo(id))
  if (!producer) throw new Error('no room for a producer')
  let next = 1
  const append = () => {
    log.append(makeBatch({ producer: id, firstN: next, count: 250, types: TYPES, time: next }), producer)
    next += 250
  }
  while (next <= EVENTS) append()
  const counter = new DensityCounter(log)
  const groups = TYPES.map((_, i) => i % 5)
  const count = async (to: number) => {
    const start = performance.now()
    await counter.count({ session: '', from: 0, to, buckets: 1000, groups, lanes: 'none' })
    return performance.now() - start
  }
  await count(EVENTS)
  const fresh: number[] = []
  const again: number[] = []
  for (let i = 1; i <= 9; i++) {
    fresh.push(await count(EVENTS + i))
    append()
    again.push(await count(EVENTS + i))
  }
  const what = `density of ${EVENTS.toLocaleString('en')} events in 1,000 parts`
  return [
    { what, value: median(fresh), unit: 'ms', budget: { max: 20 } },
    { what: `${what}, again after a batch`, value: median(again), unit: 'ms' },
  ]
}

async function point(panel: Panel, share: number, y: number): Promise<[number, number]> {
  const box = await (await panel.frame.$(byTestId('timeline')))?.boundingBox()
  if (!box) throw new Error('no timeline')
  return [box.x + box.width * share, box.y + y]
}

async function zoom(panel: Panel): Promise<void> {
  const { mouse } = panel.devtools
  await mouse.move(...(await point(panel, 0.4, 40)))
  for (const deltaY of [-100, 100]) {
    for (let i = 0; i < 40; i++) {
      await mouse.wheel({ deltaY })
      await pause(16)
    }
    if (deltaY < 0 && !(await panel.has('timeline-whole'))) throw new Error('the wheel did not zoom')
  }
}

async function move(panel: Panel): Promise<void> {
  await panel.frame.focus(byTestId('timeline'))
  await panel.key('w', 'w', 'w', 'w')
  for (const key of ['d', 'a'] as const) {
    for (let i = 0; i < 40; i++) {
      await panel.key(key)
      await pause(16)
    }
  }
  await panel.key('0')
}

async function drag(panel: Panel): Promise<void> {
  const { mouse } = panel.devtools
  for (const y of [40, 8]) {
    await mouse.move(...(await point(panel, 0.2, y)))
    await mouse.down()
    for (let i = 0; i <= 40; i++) {
      await mouse.move(...(await point(panel, 0.2 + i * 0.01, y)))
      await pause(16)
    }
    await mouse.up()
    await pause(300)
  }
  await mouse.click(...(await point(panel, 0.5, 40)), { count: 2 })
}

async function live(page: Page): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const start = performance.now()
    await page.evaluate(() => bench.emit(1000, 1000))
    await pause(50 - (performance.now() - start))
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, Math.max(0, ms)))
}

const PAGE = `<!doctype html><title>bench</title><link rel="icon" href="data:,"><script type="module">
import { createRecorder } from '/sdk/index.js'
import { mittAdapter } from '/sdk/mitt.js'
import mitt from '/vendor/mitt.mjs'
const bus = mitt()
const recorder = createRecorder({ name: 'bench', enabled: true, capacity: 1000000, bufferBytes: 512 << 20 })
recorder.attach(mittAdapter(bus), { source: 'core' })
const TYPES = ['row:add', 'row:update', 'tx:paid', 'tx:failed', 'clock:tick', 'grid:scroll', 'agent:move', 'PriceChanged', 'OrderPlaced', 'log']
let n = 0
globalThis.bench = {
  async emit(total, slice) {
    for (let done = 0; done < total; done += slice) {
      for (let i = 0; i < Math.min(slice, total - done); i++, n++) bus.emit(TYPES[(n * 7 + (n >> 9)) % TYPES.length], { n, amount: n * 1.5, text: 'delivered to the door' })
      await new Promise(resolve => setTimeout(resolve))
    }
  },
}
</script>`
