import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { CHROMIUM_EXTENSION, type Chromium, launchChromium } from '../support/chromium'
import { bundled } from './bundle.ts'
import { type BenchRow, median } from './row.ts'
import type { BenchClient } from './session/client.ts'
import { mixedPayload } from './workload.ts'

declare const benchClient: BenchClient

const MB = 1 << 20
const TIMEOUT = 600_000
const ROUNDS = 3
/** What is looked for, and how often it is there. */
const texts = (events: number) =>
  [
    ['text in every eighth event', '"left at the door"'],
    ['text in one event', `"${idNear(events * 0.4)}"`],
    ['text that is nowhere', '"not there"'],
  ] as const

/**
 * A session of `events` events of the built engine, in a page of the extension: recorded, compressed, opened after a restart of the
 * browser, searched. Hot: all text in memory. Cold: none of it, compressed on disk, by a browser that just started.
 */
export async function benchSession(events: number): Promise<BenchRow[]> {
  const script = await bundled('test/bench/session/client.ts', 'iife')
  const profileDir = mkdtempSync(join(tmpdir(), 'playhead-bench-'))
  try {
    const hot = await during(profileDir, script, 1 << 30, page => recordAndSearch(page, events))
    const cold: BenchRow[][] = []
    for (let round = 0; round < ROUNDS; round++)
      cold.push(await during(profileDir, script, 0, page => openAndSearch(page)))
    return [
      ...hot,
      ...(cold[0] ?? []).map((row, i) => ({ ...row, value: median(cold.map(rows => rows[i]?.value ?? 0)) })),
    ]
  } finally {
    rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function recordAndSearch(page: Page, events: number): Promise<BenchRow[]> {
  const ms = await page.evaluate(count => benchClient.record(count), events)
  const rows: BenchRow[] = [
    { what: 'batches → persisted, without page and panel', value: (events * 1000) / ms, unit: 'events/s' },
  ]
  for (const [what, text] of texts(events)) {
    const found = []
    for (let i = 0; i < 5; i++) found.push(await page.evaluate(wanted => benchClient.search(null, wanted), text))
    rows.push(...rowsOf(`hot: ${what}`, found, { first: 20, all: 150 }))
  }
  const start = performance.now()
  const { saved, disk } = await page.evaluate(() => benchClient.compressed())
  rows.push({
    what: 'compressing all of it when idle',
    value: (performance.now() - start) / 1000,
    unit: 's',
    note: `saves ${(saved / MB).toFixed(0)} MB, ${(disk / MB).toFixed(0)} MB stay`,
  })
  rows.push({ what: 'on disk, compressed', value: disk / events, unit: 'B/event' })
  return rows
}

async function openAndSearch(page: Page): Promise<BenchRow[]> {
  const { ms, events, session } = await page.evaluate(() => benchClient.open())
  const rows: BenchRow[] = [
    {
      what: 'opening it after a restart, to the first rows',
      ...{ value: ms, unit: 'ms', budget: { max: 500 } },
      note: `${events.toLocaleString('en')} events; seed 5,000 ms for 1,000`,
    },
  ]
  const colds: { what: string; all: number }[] = []
  for (const [what, text] of texts(events)) {
    const found = await page.evaluate((id, wanted) => benchClient.search(id, wanted), session, text)
    rows.push(...rowsOf(`cold: ${what}`, [found], { first: 100, all: 1200 }))
    colds.push({ what, all: found.all })
  }
  const index = await page.evaluate(() => benchClient.indexed())
  rows.push({
    what: 'the index of what its text has, built when nothing else happens',
    ...{ value: index.ms / 1000, unit: 's' },
    note: `${(index.chunks * 32) / 1024} MB for ${index.chunks} chunks; events that arrive and searches stop it at once`,
  })
  for (const text of ['"nor here"', idNear(events / 3)]) {
    const again = await page.evaluate((id, wanted) => benchClient.search(id, wanted), session, text)
    rows.push(...rowsOf(`with the index: ${text}`, [again], { first: 100, all: 1200 }))
  }
  const read = await page.evaluate(() => benchClient.readBodies())
  for (const { what, all } of colds) {
    rows.push({
      what: `cold: ${what}: as a ratio to reading the same bytes`,
      ...{ value: all / read.ms, unit: '×' },
      note: `${(read.bytes / MB).toFixed(0)} MB compressed, read and not looked at in ${read.ms.toFixed(0)} ms`,
    })
  }
  return rows
}

/** An id that one event has. */
function idNear(n: number): string {
  for (let at = Math.trunc(n); ; at++) {
    const id = /"(order-\d+)"/.exec(mixedPayload(at))?.[1]
    if (id) return id
  }
}

function rowsOf(
  what: string,
  found: { first: number; all: number; matched: number }[],
  budget: { first: number; all: number },
): BenchRow[] {
  const note = `${(found[0]?.matched ?? 0).toLocaleString('en')} match`
  const all = median(found.map(one => one.all))
  const first = median(found.map(one => one.first))
  return [
    {
      what: `${what}: first 50`,
      value: first,
      unit: 'ms',
      note,
      ...((found[0]?.matched ?? 0) >= 50 && { budget: { max: budget.first } }),
    },
    { what: `${what}: all`, value: all, unit: 'ms', note, budget: { max: budget.all } },
  ]
}

/** The built engine in a browser of its own, which ends afterwards. */
async function during<T>(
  profileDir: string,
  script: string,
  textBudget: number,
  work: (page: Page, chromium: Chromium) => Promise<T>,
): Promise<T> {
  const chromium = await launchChromium({ profileDir, protocolTimeout: TIMEOUT })
  try {
    const page = await chromium.open(`chrome-extension://${chromium.extensionId}/src/panel/grant.html`)
    await page.evaluate(script)
    const entry = readdirSync(join(CHROMIUM_EXTENSION, 'assets')).find(name => /^entry-.*\.js$/.test(name))
    await page.evaluate((url, budget) => benchClient.start(url, budget), `/assets/${entry}`, textBudget)
    return await work(page, chromium)
  } finally {
    await chromium.close()
  }
}
