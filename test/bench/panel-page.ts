import type { CDPSession, Page } from 'puppeteer-core'
import type { Retention } from '../../packages/engine/src/contract/sessions'
import type { Chromium } from '../support/chromium'
import { Panel } from '../support/panel'
import { SDK_MOUNTS, type Site, startServer } from '../support/server'
import { waitFor } from '../support/wait'
import { bundled } from './bundle.ts'

/** What the page of a bench does. `slice`: events it emits before it lets frames and messages through. */
export interface BenchPage {
  /** As fast as it can. */
  emit(total: number, slice: number): Promise<Emitted>
  /** At a steady rate, for so long. */
  emitAt(rate: number, seconds: number): Promise<Emitted>
  /** Events of 30 types and eight shapes of payload, as fast as it can. */
  emitMixed(total: number, slice: number): Promise<Emitted>
}

export interface Emitted {
  ms: number
  frames: number
  events: number
}

const NONE = { events: 0, bytes: 0, age: 0 }

/** A server with the page `/bench`. */
export async function startBenchServer(): Promise<Site> {
  const workload = await bundled('test/bench/workload.ts', 'iife')
  return startServer({ mounts: SDK_MOUNTS, pages: { '/bench': page(workload) } })
}

/** The page and our panel in its DevTools, connected, with a session of its own; `wanted` from what the user can set. */
export async function openBench(
  site: Site,
  chromium: Chromium,
  wanted: Partial<Retention> = {},
): Promise<{ page: Page; panel: Panel }> {
  const page = await chromium.open(`${site.origin}/bench`)
  let panel = await Panel.open(page)
  await panel.connected()
  const retention: Retention = { keep: 'disk', session: NONE, total: NONE, textBudget: 64 << 20, ...wanted }
  await panel.frame.evaluate(
    text => localStorage.setItem('playhead:panel', JSON.stringify({ retention: JSON.parse(text) })),
    JSON.stringify(retention),
  )
  panel = await panel.reopen()
  await panel.connected()
  return { page, panel }
}

/** Resolves when so many events are on disk, or known to be missing. */
export async function persisted(panel: Panel, emitted: number): Promise<void> {
  await waitFor(
    async () => {
      const { events, missing } = await panel.counts()
      return events + missing >= emitted && ((await panel.value('status-persisted')) >= emitted || missing > 0)
    },
    { what: `${emitted} events to be on disk`, timeout: 300_000, every: 20 },
  )
}

/** Bytes in use of the panel's page and its workers, after a collection: the heap, and the buffers outside of it. */
export async function bytesInUse(panel: Panel): Promise<number> {
  const workers = panel.devtools
    .browser()
    .targets()
    .filter(target => /assets\/(entry|regex)/.test(target.url()))
  const own = await Promise.all(workers.map(worker => worker.createCDPSession()))
  let bytes = 0
  for (const context of [(panel.frame as unknown as { client: CDPSession }).client, ...own]) {
    await context.send('HeapProfiler.enable').catch(() => undefined)
    await context.send('HeapProfiler.collectGarbage').catch(() => undefined)
    const usage = (await context.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number }
    bytes += usage.usedSize + (usage.backingStorageSize ?? 0)
  }
  for (const session of own) await session.detach()
  return bytes
}

const page = (workload: string) => `<!doctype html><title>bench</title><link rel="icon" href="data:,">
<script>${workload.replaceAll('</script', '<\\/script')}</script><script type="module">
import { createRecorder } from '/sdk/index.js'
import { mittAdapter } from '/sdk/mitt.js'
import mitt from '/vendor/mitt.mjs'
const bus = mitt()
const recorder = createRecorder({ name: 'bench', enabled: true, capacity: 1000000, bufferBytes: 512 << 20 })
recorder.attach(mittAdapter(bus), { source: 'core' })
const order = i => ({
  orderId: 'order-' + i, customer: 'Customer ' + (i % 97), amount: i * 1.5, currency: 'EUR', tick: i,
  status: 'accepted', lines: [{ sku: 'A-' + (i % 13), quantity: 3 }, { sku: 'B-7', quantity: 1 }], note: 'delivered to the door',
})
const one = i => bus.emit('order', order(i))
const mixed = i => bus.emit('type' + bundle.mixedType(i), bundle.mixedValue(i))
const task = () => new Promise(resolve => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0) })
const soon = () => new Promise(resolve => setTimeout(resolve, 2))
async function run(emit, goal, slice) {
  let frames = 0
  let counting = true
  const tick = () => { frames++; if (counting) requestAnimationFrame(tick) }
  requestAnimationFrame(tick)
  const start = performance.now()
  let events = 0
  for (;;) {
    const due = goal(performance.now() - start)
    if (due === undefined || events >= due.total) break
    const to = Math.min(due.now, events + slice)
    const ahead = events >= to
    for (; events < to; events++) emit(events)
    // A page that is ahead of its rate waits, as any would: to go round and round would take the time of what is measured.
    await (ahead ? soon() : task())
  }
  counting = false
  return { ms: performance.now() - start, frames, events }
}
globalThis.bench = {
  emit: (total, slice) => run(one, () => ({ total, now: total }), slice),
  emitMixed: (total, slice) => run(mixed, () => ({ total, now: total }), slice),
  emitAt: (rate, seconds) => run(one, ms => (ms > seconds * 1000 ? undefined : { total: Infinity, now: ms * rate / 1000 }), 2000),
}
</script>`
