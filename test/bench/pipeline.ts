import type { Frame } from 'puppeteer-core'
import { type Chromium, launchChromium } from '../support/chromium'
import type { Site } from '../support/server'
import { type BenchPage, openBench, persisted, startBenchServer } from './panel-page.ts'
import { type BenchRow, median } from './row.ts'

declare const bench: BenchPage

const TOTAL = 600_000
/** Events a task of the page emits before it lets frames and messages through: about 6 ms of its time. */
const SLICE = 3000
/** Events a second that a page keeps up. */
const RATE = 160_000
const BOUND = 100_000

/** Page → bridge → panel → worker → IndexedDB, in the real extension: how fast, for how long, at what cost in frames. */
export async function benchPipeline(seconds: number): Promise<BenchRow[]> {
  const site = await startBenchServer()
  const chromium = await launchChromium({ protocolTimeout: 600_000 })
  try {
    return [
      ...(await sustained(site, chromium, seconds)),
      ...(await burst(site, chromium)),
      ...(await retention(site, chromium)),
    ]
  } finally {
    await chromium.close()
    await site.close()
  }
}

async function sustained(site: Site, chromium: Chromium, seconds: number): Promise<BenchRow[]> {
  const { page, panel } = await openBench(site, chromium)
  await countFrames(panel.frame)
  const start = performance.now()
  const emitted = await page.evaluate((rate, time) => bench.emitAt(rate, time), RATE, seconds)
  const panelFrames = await framesOf(panel.frame)
  await persisted(panel, emitted.events)
  const took = (performance.now() - start) / 1000
  const { missing } = await panel.counts()
  await page.close()
  const meanwhile = `while ${emitted.events.toLocaleString('en')} events are emitted in ${(emitted.ms / 1000).toFixed(1)} s`
  return [
    {
      what: `page → persisted, sustained for ${seconds} s`,
      ...{ value: (emitted.events - missing) / took, unit: 'events/s', budget: { min: 150_000 } },
      note: `emitted at ${Math.round((emitted.events * 1000) / emitted.ms).toLocaleString('en')}/s; all on disk after ${took.toFixed(1)} s; seed 1,000/s`,
    },
    { what: 'events lost meanwhile', value: missing, unit: '', budget: { max: 0 } },
    {
      what: 'frames of the panel meanwhile',
      ...{ value: (panelFrames * 1000) / emitted.ms, unit: 'frames/s', budget: { min: 50 } },
      note: meanwhile,
    },
    {
      what: 'frames of the page meanwhile',
      ...{ value: (emitted.frames * 1000) / emitted.ms, unit: 'frames/s' },
      note: meanwhile,
    },
  ]
}

async function burst(site: Site, chromium: Chromium): Promise<BenchRow[]> {
  const { page, panel } = await openBench(site, chromium)
  const start = performance.now()
  const emitted = await page.evaluate((total, slice) => bench.emit(total, slice), TOTAL, SLICE)
  await persisted(panel, TOTAL)
  const seconds = (performance.now() - start) / 1000
  const { missing } = await panel.counts()
  await page.close()
  return [
    {
      what: 'page → persisted, as fast as it can',
      ...{ value: (TOTAL - missing) / seconds, unit: 'events/s', budget: { min: 150_000 } },
      note: `${TOTAL.toLocaleString('en')} events of 200 bytes in ${seconds.toFixed(1)} s, emitted in ${(emitted.ms / 1000).toFixed(1)} s`,
    },
    { what: 'events lost meanwhile', value: missing, unit: '', budget: { max: 0 } },
  ]
}

/** Ingest with a bound that is passed all the time, as a ratio to ingest without one; turn by turn, in one browser. */
async function retention(site: Site, chromium: Chromium): Promise<BenchRow[]> {
  const ratios: number[] = []
  for (let round = 0; round < 3; round++) {
    const on = await rateWith(site, chromium, BOUND)
    const off = await rateWith(site, chromium, 0)
    ratios.push(on / off)
  }
  return [
    {
      what: 'ingest with retention ÷ without',
      ...{ value: median(ratios), unit: '×' },
      note: `${BOUND.toLocaleString('en')} events kept of ${(TOTAL / 2).toLocaleString('en')}; median of ${ratios.length}`,
    },
  ]
}

async function rateWith(site: Site, chromium: Chromium, events: number): Promise<number> {
  const { page, panel } = await openBench(site, chromium, { session: { events, bytes: 0, age: 0 } })
  const start = performance.now()
  await page.evaluate((total, slice) => bench.emit(total, slice), TOTAL / 2, SLICE)
  await persisted(panel, TOTAL / 2)
  const seconds = (performance.now() - start) / 1000
  await page.close()
  return TOTAL / 2 / seconds
}

const countFrames = (frame: Frame) =>
  frame.evaluate(`(() => {
    globalThis.frames_ = 0
    const tick = () => { globalThis.frames_++; requestAnimationFrame(tick) }
    requestAnimationFrame(tick)
  })()`)
const framesOf = (frame: Frame) => frame.evaluate('globalThis.frames_') as Promise<number>
