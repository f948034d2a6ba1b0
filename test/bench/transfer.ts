import { rmSync, statSync } from 'node:fs'
import type { CDPSession } from 'puppeteer-core'
import { type Chromium, launchChromium } from '../support/chromium'
import { Files } from '../support/files'
import { Panel } from '../support/panel'
import { type Site, startServer } from '../support/server'
import { sessionLines, writeSession } from '../support/session-file'
import { waitFor } from '../support/wait'
import type { BenchRow } from './row.ts'

const TIMEOUT = 600_000
/** ms a frame of the panel may take. */
const FRAME = 32
/** ms after which the bar of a transfer appears. */
const NOTICE = 100
/** ms between two looks at the memory. */
const LOOK = 250

const FORMATS = [
  { what: 'JSON', format: 'json', gzip: false },
  { what: 'JSON lines', format: 'jsonl', gzip: false },
  { what: 'JSON lines, gzip', format: 'jsonl', gzip: true },
] as const

/** Export and import of one session in the real extension: how fast, and what the panel's frames and the worker's memory do meanwhile. */
export async function benchTransfer(events: number): Promise<BenchRow[]> {
  const site = await startServer()
  const chromium = await launchChromium({ protocolTimeout: TIMEOUT })
  const files = new Files()
  try {
    await files.receive(chromium)
    return await run(site, chromium, files, events)
  } finally {
    await chromium.close()
    await site.close()
    files.remove()
  }
}

async function run(site: Site, chromium: Chromium, files: Files, events: number): Promise<BenchRow[]> {
  // A page that records nothing: what is measured is the transfer alone.
  const page = await chromium.open(`${site.origin}/payments/?speed=0&arrivals=0`)
  const panel = await Panel.open(page)
  await panel.connected()
  const source = files.path('source.jsonl')
  writeSession(source, sessionLines(events))
  await imported(panel, files, source, events)

  const idle = await panel.frame.evaluate(idleFrames)
  const rows: BenchRow[] = [
    {
      what: `frames of the panel over ${FRAME} ms while nothing goes on`,
      value: (idle as number[]).filter(ms => ms > FRAME).length,
      unit: '',
      note: `of ${(idle as number[]).length}: what the machine does to those below`,
    },
  ]
  const exports: { what: string; path: string }[] = []
  let text = 0
  for (const { what, format, gzip } of FORMATS) {
    const watch = await Watch.start(panel)
    const path = await files.export(panel, format, gzip, TIMEOUT)
    exports.push({ what, path })
    if (!gzip) text = statSync(path).size
    rows.push(...(await watch.end(`export ${what}`, text, events)))
  }
  for (const { what, path } of exports) {
    await wipe(panel)
    const watch = await Watch.start(panel)
    await imported(panel, files, path, events)
    const size = path.endsWith('.gz') ? text : statSync(path).size
    rows.push(...(await watch.end(`import ${what}`, size, events)))
    rmSync(path)
  }
  return rows
}

async function imported(panel: Panel, files: Files, path: string, events: number): Promise<void> {
  await files.import(panel, path)
  await waitFor(async () => (await panel.value('view-matched')) === events, {
    ...{ what: `${events} events to be imported`, timeout: TIMEOUT, every: 50 },
  })
}

async function wipe(panel: Panel): Promise<void> {
  await panel.click('session-menu')
  await panel.click('wipe-open')
  await panel.click('wipe')
  await waitFor(async () => (await panel.value('view-matched')) === 0, { what: 'nothing to be left', timeout: 60_000 })
}

/** What `record` says when the transfer is over: ms it took, and ms of every frame meanwhile. */
interface Frames {
  elapsed: number
  frames: number[]
}

/** Looks at the panel and the worker from now until a transfer is over. */
class Watch {
  private readonly looking: ReturnType<typeof setInterval>
  private most = 0

  private constructor(
    private readonly panel: Panel,
    private readonly workers: CDPSession[],
    private readonly before: number,
  ) {
    this.looking = setInterval(() => void this.look(), LOOK)
  }

  static async start(panel: Panel): Promise<Watch> {
    const targets = panel.devtools.browser().targets()
    const workers = targets.filter(target => target.url().includes('/assets/entry'))
    const sessions = await Promise.all(workers.map(worker => worker.createCDPSession()))
    for (const session of sessions) {
      await session.send('HeapProfiler.enable').catch(() => undefined)
      await session.send('HeapProfiler.collectGarbage').catch(() => undefined)
    }
    const watch = new Watch(panel, sessions, await bytesOf(sessions))
    await panel.frame.evaluate(record)
    return watch
  }

  async end(what: string, text: number, events: number): Promise<BenchRow[]> {
    clearInterval(this.looking)
    const { elapsed, frames } = (await this.panel.frame.evaluate('globalThis.transfer_')) as Frames
    await Promise.all(this.workers.map(worker => worker.detach()))
    const seconds = elapsed / 1000
    const slow = frames.filter(ms => ms > FRAME).length
    return [
      {
        what,
        value: text / seconds / 1e6,
        unit: 'MB/s',
        note: `${(text / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s`,
      },
      { what, value: events / seconds, unit: 'events/s', note: `${events.toLocaleString('en')} events` },
      {
        what: `frames of the panel over ${FRAME} ms meanwhile`,
        value: slow,
        unit: '',
        budget: { max: 0 },
        note: `of ${frames.length}, the longest ${Math.max(0, ...frames).toFixed(0)} ms`,
      },
      {
        what: 'memory of the worker meanwhile, at most',
        value: (this.most - this.before) / (1 << 20),
        unit: 'MB',
        note: 'heap and buffers above those before, garbage included',
      },
    ]
  }

  private async look(): Promise<void> {
    this.most = Math.max(this.most, await bytesOf(this.workers).catch(() => 0))
  }
}

async function bytesOf(workers: CDPSession[]): Promise<number> {
  let bytes = 0
  for (const worker of workers) {
    const usage = (await worker.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number }
    bytes += usage.usedSize + (usage.backingStorageSize ?? 0)
  }
  return bytes
}

/** In the panel: the time from one frame to the next. */
const idleFrames = `new Promise(resolve => {
  const frames = []
  let last = performance.now()
  const tick = now => {
    frames.push(now - last)
    last = now
    if (frames.length < 300) requestAnimationFrame(tick)
    else resolve(frames)
  }
  requestAnimationFrame(tick)
})`

/** In the panel: the time from one frame to the next while the bar of a transfer is there. */
const record = `(() => {
  const frames = []
  let begun = 0
  let last = 0
  globalThis.transfer_ = { elapsed: 0, frames }
  const tick = now => {
    const running = document.querySelector('[data-testid="transfer"]') !== null
    if (running && !begun) begun = now - ${NOTICE}
    else if (begun) frames.push(now - last)
    last = now
    if (running || !begun) requestAnimationFrame(tick)
    else globalThis.transfer_.elapsed = now - begun
  }
  requestAnimationFrame(tick)
})()`
