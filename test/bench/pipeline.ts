import type { CDPSession, Frame, Page } from 'puppeteer-core'
import { type Chromium, launchChromium } from '../support/chromium'
import { Panel } from '../support/panel'
import { SDK_MOUNTS, type Site, startServer } from '../support/server'
import { waitFor } from '../support/wait'
import type { BenchRow } from './row.ts'

declare const bench: { emit(total: number, slice: number): Promise<{ ms: number; frames: number }> }

const TOTAL = 600_000
/** Events a task of the page emits before it lets frames and messages through: about 6 ms of its time. */
const SLICE = 3000

/** Page → bridge → panel → worker → IndexedDB, in the real extension: how fast, at what cost in frames and memory. */
export async function benchPipeline(): Promise<BenchRow[]> {
  const site = await startServer({ mounts: SDK_MOUNTS, pages: { '/bench': PAGE } })
  const chromium = await launchChromium()
  try {
    return [...(await throughput(site, chromium)), ...(await memory(site, chromium))]
  } finally {
    await chromium.close()
    await site.close()
  }
}

async function throughput(site: Site, chromium: Chromium): Promise<BenchRow[]> {
  const { page, panel } = await open(site, chromium)
  await page.evaluate(slice => bench.emit(20_000, slice), SLICE)
  await persisted(panel, 20_000)
  await countFrames(panel.frame)
  const start = performance.now()
  const emitted = await page.evaluate((total, slice) => bench.emit(total, slice), TOTAL, SLICE)
  await persisted(panel, TOTAL + 20_000)
  const seconds = (performance.now() - start) / 1000
  const panelFrames = (await framesOf(panel.frame)) / seconds
  const { missing } = await panel.counts()
  await page.close()
  return [
    {
      what: 'page → persisted',
      value: TOTAL / seconds,
      unit: 'events/s',
      budget: { min: 150_000 },
      note: `${TOTAL.toLocaleString('en')} events of 200 bytes in ${seconds.toFixed(1)} s, emitted in ${(emitted.ms / 1000).toFixed(1)} s`,
    },
    { what: 'events lost meanwhile', value: missing, unit: '', budget: { max: 0 } },
    {
      what: 'frames of the panel meanwhile',
      value: panelFrames,
      unit: 'frames/s',
      budget: { min: 50 },
    },
    {
      what: 'frames of the page while it emitted',
      value: (emitted.frames * 1000) / emitted.ms,
      unit: 'frames/s',
      note: 'the page is busy with emitting: half of every frame',
    },
  ]
}

async function memory(site: Site, chromium: Chromium): Promise<BenchRow[]> {
  const { page, panel } = await open(site, chromium)
  const before = await heapOf(panel)
  const count = 100_000
  await page.evaluate((total, slice) => bench.emit(total, slice), count, SLICE)
  await persisted(panel, count)
  const after = await heapOf(panel)
  await page.close()
  return [
    {
      what: 'memory per event at 100,000, all extension contexts',
      value: (after - before) / count,
      unit: 'B',
      note: 'heap and buffers of panel and worker after collection; raw text within its 64 MB budget',
    },
  ]
}

async function open(site: Site, chromium: Chromium): Promise<{ page: Page; panel: Panel }> {
  const page = await chromium.open(`${site.origin}/bench`)
  const panel = await Panel.open(page)
  await panel.connected()
  return { page, panel }
}

async function persisted(panel: Panel, count: number): Promise<void> {
  await waitFor(
    async () => {
      const { missing } = await panel.counts()
      return (await panel.value('status-persisted')) + missing >= count
    },
    { what: `${count} events to be on disk`, timeout: 120_000, every: 20 },
  )
}

/** Bytes in use of the panel's page and its worker, after a collection. */
async function heapOf(panel: Panel): Promise<number> {
  const session = (await panel.devtools.target().createCDPSession()) as CDPSession
  const sessions: CDPSession[] = [(panel.frame as unknown as { client: CDPSession }).client]
  const workers = panel.devtools
    .browser()
    .targets()
    .filter(target => target.url().includes('/assets/entry'))
  for (const worker of workers) sessions.push(await worker.createCDPSession())
  let bytes = 0
  for (const context of sessions) {
    await context.send('HeapProfiler.enable').catch(() => undefined)
    await context.send('HeapProfiler.collectGarbage').catch(() => undefined)
    const usage = (await context.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number }
    bytes += usage.usedSize + (usage.backingStorageSize ?? 0)
  }
  await session.detach()
  return bytes
}

const countFrames = (frame: Frame) =>
  frame.evaluate(`(() => {
    globalThis.frames_ = 0
    const tick = () => { globalThis.frames_++; requestAnimationFrame(tick) }
    requestAnimationFrame(tick)
  })()`)
const framesOf = (frame: Frame) => frame.evaluate('globalThis.frames_') as Promise<number>

const PAGE = `<!doctype html><title>bench</title><link rel="icon" href="data:,"><script type="module">
import { createRecorder } from '/sdk/index.js'
import { mittAdapter } from '/sdk/mitt.js'
import mitt from '/vendor/mitt.mjs'
const bus = mitt()
const recorder = createRecorder({ name: 'bench', enabled: true, capacity: 1000000, bufferBytes: 512 << 20 })
recorder.attach(mittAdapter(bus), { source: 'core' })
const payload = i => ({
  orderId: 'order-' + i, customer: 'Customer ' + (i % 97), amount: i * 1.5, currency: 'EUR', tick: i,
  status: 'accepted', lines: [{ sku: 'A-' + (i % 13), quantity: 3 }, { sku: 'B-7', quantity: 1 }], note: 'delivered to the door',
})
globalThis.bench = {
  async emit(total, slice) {
    let frames = 0
    let counting = true
    const tick = () => { frames++; if (counting) requestAnimationFrame(tick) }
    requestAnimationFrame(tick)
    const start = performance.now()
    for (let done = 0; done < total; done += slice) {
      for (let i = done; i < Math.min(total, done + slice); i++) bus.emit('order', payload(i))
      await new Promise(resolve => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0) })
    }
    counting = false
    return { ms: performance.now() - start, frames }
  },
}
</script>`
