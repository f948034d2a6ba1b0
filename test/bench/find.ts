import { launchChromium } from '../support/chromium'
import type { Panel } from '../support/panel'
import { paintedAt } from './first-paint.ts'
import { percentile } from './frames.ts'
import { type BenchPage, openBench, persisted, startBenchServer } from './panel-page.ts'
import { type BenchRow, median } from './row.ts'

declare const bench: BenchPage

const SLICE = 3000
const ROUNDS = 12
const LATE = 32

/** One of each sort: by column, by time, by facet of the payload, by words that are rare, everywhere and nowhere, by expression. */
const FILTERS: readonly [what: string, text: string][] = [
  ['type', 'type:type7'],
  ['not a type', '-type:type7'],
  ['time', 'after:1s before:2s'],
  ['word, rare', 'order-5177'],
  ['word, in many', 'EUR'],
  ['word, nowhere', 'not-there-at-all'],
  ['payload value', 'payload.rowId=17'],
  ['payload order', 'payload.amount>40000'],
  ['expression', '/tx-[0-9a-f]{6}/'],
  ['alternatives', 'type:type1|type2 door|EUR'],
]

/** In the real panel: from a keystroke in the filter box to the frame that shows the first results, and all; and frames while scrolling. */
export async function benchFind(sizes: readonly number[]): Promise<BenchRow[]> {
  const site = await startBenchServer()
  const chromium = await launchChromium({ protocolTimeout: 900_000 })
  const rows: BenchRow[] = []
  try {
    for (const size of sizes) {
      const { page, panel } = await openBench(site, chromium)
      await page.evaluate((total, slice) => bench.emitMixed(total, slice), size, SLICE)
      await persisted(panel, size)
      await panel.frame.evaluate(MEASURE)
      const among = `among ${size.toLocaleString('en')}`
      for (const [what, text] of FILTERS) rows.push(...(await keystrokes(panel, `${what} ${among}`, text)))
      rows.push(await scrolling(panel, among))
      rows.push(await painting(panel, among))
      await page.close()
    }
    return rows
  } finally {
    await chromium.close()
    await site.close()
  }
}

interface Found {
  first: number
  all: number
  matched: number
}

async function keystrokes(panel: Panel, what: string, text: string): Promise<BenchRow[]> {
  const found: Found[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await panel.frame.evaluate(`filter_('')`)
    found.push((await panel.frame.evaluate(`filter_(${JSON.stringify(text)})`)) as Found)
  }
  const spread = (values: number[]) => `p95 ${percentile(values, 0.95).toFixed(0)} ms`
  const firsts = found.map(({ first }) => first)
  const alls = found.map(({ all }) => all)
  const matched = found[0]?.matched.toLocaleString('en')
  return [
    {
      what: `keystroke → first results: ${what}`,
      value: median(firsts),
      unit: 'ms',
      note: `${spread(firsts)}; ${text}`,
    },
    {
      what: `keystroke → all results: ${what}`,
      value: median(alls),
      unit: 'ms',
      note: `${spread(alls)}; ${matched} match`,
    },
  ]
}

async function scrolling(panel: Panel, among: string): Promise<BenchRow> {
  await panel.frame.evaluate(`filter_('')`)
  const frames = (await panel.frame.evaluate('scroll_()')) as number[]
  const late = frames.filter(ms => ms > LATE).length
  return {
    what: `scrolling ${among}: longest frame`,
    ...{ value: Math.max(...frames), unit: 'ms', budget: { max: LATE } },
    note: `${frames.length} frames, median ${median(frames).toFixed(1)}, p99 ${percentile(frames, 0.99).toFixed(1)}, ${late} late`,
  }
}

async function painting(panel: Panel, among: string): Promise<BenchRow> {
  const again = await panel.reopen()
  const ms = await paintedAt(again)
  return { what: `panel opened again ${among}: to first rows`, value: ms, unit: 'ms', budget: { max: 500 } }
}

/** Text, because it runs in the panel. `filter_` types at once and watches frame by frame; `scroll_` pulls the list up and down. */
const MEASURE = `
globalThis.filter_ = async text => {
  const input = document.querySelector('[data-testid="filter-input"]')
  const status = document.querySelector('[data-testid="view-matched"]')
  const before = Number(status.dataset.view)
  const frame = () => new Promise(requestAnimationFrame)
  await frame()
  const start = performance.now()
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, text)
  input.dispatchEvent(new Event('input', { bubbles: true }))
  let first = 0
  for (;;) {
    await frame()
    if (Number(status.dataset.view) <= before) continue
    const done = status.dataset.done === 'true'
    const matched = Number(status.dataset.value)
    if (!first && (matched > 0 || done)) first = performance.now() - start
    if (done) return { first, all: performance.now() - start, matched }
    if (performance.now() - start > 60_000) throw new Error('no end of ' + text)
  }
}
globalThis.scroll_ = async () => {
  const scroller = document.querySelector('[data-testid="scroller"]')
  const frames = []
  let before = performance.now()
  for (let i = 0; i < 240; i++) {
    const now = await new Promise(requestAnimationFrame)
    if (i > 0) frames.push(now - before)
    before = now
    const far = i < 120 ? i / 120 : (240 - i) / 120
    scroller.scrollTop = far * (scroller.scrollHeight - scroller.clientHeight)
  }
  return frames
}`
