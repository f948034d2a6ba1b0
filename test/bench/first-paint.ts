import { launchChromium } from '../support/chromium'
import { byTestId, type Panel } from '../support/panel'
import { percentile } from './frames.ts'
import { type BenchPage, openBench, persisted, startBenchServer } from './panel-page.ts'
import { type BenchRow, median } from './row.ts'

declare const bench: BenchPage

const EVENTS = 1000
const ROUNDS = 15

/** The panel in DevTools, opened again and again on a session of a thousand events. */
export async function benchFirstPaint(): Promise<BenchRow[]> {
  const site = await startBenchServer()
  const chromium = await launchChromium()
  try {
    const opened = await openBench(site, chromium)
    let { panel } = opened
    await opened.page.evaluate((total, slice) => bench.emitMixed(total, slice), EVENTS, EVENTS)
    await persisted(panel, EVENTS)
    const took: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      panel = await panel.reopen()
      took.push(await paintedAt(panel))
      await panel.connected()
    }
    return [
      {
        what: 'first paint with 1,000 rows',
        ...{ value: median(took), unit: 'ms', budget: { max: 500 } },
        note: `p95 ${percentile(took, 0.95).toFixed(0)} ms of ${ROUNDS}; from the start of the panel's document to rows on the screen`,
      },
    ]
  } finally {
    await chromium.close()
    await site.close()
  }
}

/** ms from the start of the panel's document to the end of the frame that first shows rows. */
export async function paintedAt(panel: Panel): Promise<number> {
  return (await panel.frame.evaluate(PAINTED)) as number
}

/** Text, because it runs in the panel. A message that is sent in a frame arrives behind its painting. */
const PAINTED = `(async () => {
  const frame = () => new Promise(requestAnimationFrame)
  while (document.querySelectorAll('${byTestId('row')}[data-seq]').length < 5) await frame()
  await frame()
  await new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = resolve
    port2.postMessage(0)
  })
  return performance.now()
})()`
