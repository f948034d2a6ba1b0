import type { Frame, Page } from 'puppeteer-core'
import { running } from './chromium'
import { errorsOf } from './console-errors'
import { panelFrame } from './devtools'
import { within } from './wait'

/** ms for which a document may take to describe itself: one that hangs must not hide what the others show. */
const PATIENCE = 5000

/** Prints what every page and every panel of the running browsers shows, because the log is all that CI keeps. */
export async function reportBrowsers(why: string): Promise<void> {
  const lines = [`what was shown when it failed: ${why}`]
  for (const { browser } of running) {
    const pages = await within(browser.pages(), PATIENCE).catch(() => [])
    for (const page of pages) lines.push(...(await within(describePage(page), 3 * PATIENCE).catch(failed)))
  }
  console.log(lines.join('\n'))
}

async function describePage(page: Page): Promise<string[]> {
  const lines = [`page ${page.url()}`, ...(await describe(page)), ...errorsOf(page).map(text => `  error: ${text}`)]
  if (!(await page.hasDevTools())) return lines
  const devtools = await page.openDevTools()
  const frame = panelFrame(devtools)
  lines.push(` panel of ${page.url()}`, ...(frame ? await describe(frame) : ['  its document is not there']))
  return [...lines, ...errorsOf(devtools).map(text => `  error: ${text}`)]
}

const describe = (where: Frame | Page) => within(where.evaluate(picture), PATIENCE).catch(failed)
const failed = (error: unknown) => [`  it does not answer: ${error}`]

/** Runs in the document. Returns lines that describe the panel in it; none where it has no panel. */
function picture(): string[] {
  const one = (testId: string) => document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)
  if (!one('status-connection')) return []
  const lines: string[] = []
  const add = (name: string, value: unknown) => {
    if (value !== undefined && value !== null && value !== '') lines.push(`  ${name}: ${String(value).slice(0, 1500)}`)
  }
  add('window', `${innerWidth} × ${innerHeight}, ${document.visibilityState}`)
  add('connection', `${one('status-connection')?.dataset.phase} (${one('status-connection')?.textContent})`)
  add(
    'status',
    [...document.querySelectorAll<HTMLElement>('.status [data-testid]')]
      .map(({ dataset, textContent }) => `${dataset.testid} ${dataset.value ?? dataset.storage ?? textContent}`)
      .join(', '),
  )
  add('view', JSON.stringify({ ...one('view-matched')?.dataset }))
  add('filter', JSON.stringify((one('filter-input') as HTMLInputElement | null)?.value))
  const rows = [...document.querySelectorAll<HTMLElement>('[data-testid="row"]')]
  const seqs = rows.map(({ dataset }) => Number(dataset.seq))
  add('rows', rows.length && `${rows.length}, seq ${Math.min(...seqs)}…${Math.max(...seqs)}`)
  const chosen = rows.filter(row => row.getAttribute('aria-selected') === 'true')
  add('selected', chosen.map(({ dataset }) => `${dataset.seq} ${dataset.type}`).join(', '))
  const focused = document.activeElement as HTMLInputElement | null
  add('focus', `${focused?.outerHTML.slice(0, 150)}${focused?.value ? `: ${focused.value}` : ''}`)
  for (const testId of ['message', 'engine-failure', 'toast', 'dialog', 'transfer', 'replay-state', 'replay-reason']) {
    add(testId, one(testId)?.textContent)
  }
  const inspector = one('inspector')
  if (!inspector) return lines
  add('inspected', inspector.dataset.seq)
  add('tab', inspector.querySelector('[role="tab"][aria-selected="true"]')?.textContent)
  add('facts', (inspector.querySelector('.facts-box') as HTMLDetailsElement | null)?.open === false ? 'closed' : '')
  // biome-ignore lint/performance/useDomNodeTextContent: as it is read, with spaces between the parts.
  add('inspector', inspector.innerText.replace(/\s+/g, ' '))
  return lines
}
