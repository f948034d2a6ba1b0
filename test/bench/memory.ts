import type { Retention } from '../../packages/engine/src/contract/sessions'
import { type Chromium, launchChromium } from '../support/chromium'
import type { Panel } from '../support/panel'
import type { Site } from '../support/server'
import { waitFor } from '../support/wait'
import { type BenchPage, bytesInUse, openBench, persisted, startBenchServer } from './panel-page.ts'
import type { BenchRow } from './row.ts'

declare const bench: BenchPage

const SLICE = 1000
const COUNT = 'heap and buffers of panel and workers after a collection, above those of an empty session'

/** Memory per event of one live session in the real panel, all contexts of the extension together. */
export async function benchMemory(events: number): Promise<BenchRow[]> {
  const site = await startBenchServer()
  const chromium = await launchChromium({ protocolTimeout: 600_000 })
  const row = async (what: string, wanted: Partial<Retention>, compressed: boolean, budget?: { max: number }) => {
    const value = await perEvent(site, chromium, events, wanted, compressed)
    return {
      what: `memory per event at ${events.toLocaleString('en')}, ${what}`,
      value,
      unit: 'B',
      budget,
      note: COUNT,
    }
  }
  try {
    return [
      await row('text in memory', { textBudget: 2 ** 30 }, false),
      await row('text on disk (budget of 0)', { textBudget: 0 }, true, { max: 100 }),
      await row('no disk, text deflated', { keep: 'memory', textBudget: 0 }, true, { max: 100 }),
    ]
  } finally {
    await chromium.close()
    await site.close()
  }
}

async function perEvent(
  site: Site,
  chromium: Chromium,
  events: number,
  wanted: Partial<Retention>,
  compressed: boolean,
): Promise<number> {
  const { page, panel } = await openBench(site, chromium, wanted)
  const before = await bytesInUse(panel)
  await page.evaluate((total, slice) => bench.emitMixed(total, slice), events, SLICE)
  await persisted(panel, events)
  if (compressed) await untilCompressed(panel)
  const after = await bytesInUse(panel)
  await page.close()
  return (after - before) / events
}

async function untilCompressed(panel: Panel): Promise<void> {
  await panel.click('status-bytes')
  await waitFor(
    async () => {
      const [, done = '', all = ''] = /([\d,]+) of ([\d,]+) blocks/.exec(await panel.text('storage-compressed')) ?? []
      const left = Number(all.replaceAll(',', '')) - Number(done.replaceAll(',', ''))
      return done !== '' && left <= 1
    },
    { what: 'every block to be compressed', timeout: 300_000, every: 250 },
  )
  await panel.click('dialog-close')
}
