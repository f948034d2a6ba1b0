import { launchChromium } from '../support/chromium'
import { byTestId, Panel } from '../support/panel'
import { SDK_MOUNTS, startServer } from '../support/server'
import { waitFor } from '../support/wait'
import { frameRows, framesDuring, percentile } from './frames.ts'
import { type BenchRow, median } from './row.ts'

declare const bench: { emit(): void }

const BRANCHES = 100
const LEAVES = 99
const EVENTS = 1 + BRANCHES + BRANCHES * LEAVES
const ROUNDS = 8

/** The tree of causes of ten thousand events in the real panel: opened at its root, scrolled, folded and unfolded. */
export async function benchCauses(): Promise<BenchRow[]> {
  const site = await startServer({ mounts: SDK_MOUNTS, pages: { '/bench': PAGE } })
  const chromium = await launchChromium()
  try {
    const page = await chromium.open(`${site.origin}/bench`)
    const panel = await Panel.open(page)
    await panel.connected()
    await page.evaluate(() => bench.emit())
    await panel.accounted(EVENTS)
    await panel.settled()
    await panel.frame.evaluate(MEASURE)
    await panel.filter('is:root')
    await panel.matched(1, 'the root')
    await panel.clickRow()
    const what = `tree of ${EVENTS.toLocaleString('en')} causes`
    const opened: number[] = []
    const opening = await framesDuring(panel, async () => {
      for (let i = 0; i < ROUNDS; i++) opened.push((await panel.frame.evaluate('openTree_()')) as number)
    })
    await panel.click('open-all')
    await waitFor(async () => (await panel.attribute('causes', 'data-rows')) === String(EVENTS), { what: 'all rows' })
    const scrolling = await framesDuring(panel, () => panel.frame.evaluate('scrollTree_()') as Promise<void>)
    const folded: number[] = []
    const folding = await framesDuring(panel, async () => {
      for (let i = 0; i < ROUNDS; i++) folded.push(...((await panel.frame.evaluate('foldTree_()')) as number[]))
    })
    return [
      drawn(`${what}: from its tab to rows`, opened),
      ...frameRows(`${what}, opened`, opening),
      ...frameRows(`${what}, all open, scrolled`, scrolling),
      drawn(`${what}: root folded or unfolded, to rows`, folded),
      ...frameRows(`${what}, root folded and unfolded`, folding),
    ]
  } finally {
    await chromium.close()
    await site.close()
  }
}

function drawn(what: string, ms: number[]): BenchRow {
  const note = `p95 ${percentile(ms, 0.95).toFixed(0)} ms of ${ms.length}`
  return { what, value: median(ms), unit: 'ms', note }
}

/** Text, because it runs in the panel. Each resolves with the ms from the act to the frame that shows what came of it. */
const MEASURE = `
const frame_ = () => new Promise(requestAnimationFrame)
const causes_ = () => document.querySelector('${byTestId('causes')}')
const until_ = async seen => {
  const start = performance.now()
  while (!seen()) {
    await frame_()
    if (performance.now() - start > 20_000) throw new Error('no end of it')
  }
  return performance.now() - start
}
globalThis.openTree_ = async () => {
  document.querySelector('${byTestId('tab-payload')}').click()
  await until_(() => !causes_())
  await frame_()
  document.querySelector('${byTestId('tab-cause')}').click()
  return until_(() => causes_()?.querySelectorAll('[data-seq]').length > 5)
}
globalThis.scrollTree_ = async () => {
  const box = causes_()
  for (let i = 0; i < 240; i++) {
    await frame_()
    const far = i < 120 ? i / 120 : (240 - i) / 120
    box.scrollTop = far * (box.scrollHeight - box.clientHeight)
  }
}
globalThis.foldTree_ = async () => {
  causes_().scrollTop = 0
  await until_(() => causes_().querySelector('[data-line="0"] .fold'))
  const took = []
  for (const rows of ['1', '${EVENTS}']) {
    await frame_()
    causes_().querySelector('[data-line="0"] .fold').click()
    took.push(await until_(() => causes_().dataset.rows === rows))
  }
  return took
}`

const PAGE = `<!doctype html><title>bench</title><link rel="icon" href="data:,"><script type="module">
import { createRecorder } from '/sdk/index.js'
import { mittAdapter } from '/sdk/mitt.js'
import mitt from '/vendor/mitt.mjs'
const bus = mitt()
const recorder = createRecorder({ name: 'bench', enabled: true, capacity: 100000 })
bus.on('root', () => { for (let i = 0; i < ${BRANCHES}; i++) bus.emit('branch', { i, text: 'one of many' }) })
bus.on('branch', ({ i }) => { for (let j = 0; j < ${LEAVES}; j++) bus.emit('leaf', { i, j, text: 'what came of it' }) })
recorder.attach(mittAdapter(bus), { source: 'core' })
globalThis.bench = { emit: () => bus.emit('root', {}) }
</script>`
