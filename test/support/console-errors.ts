import type { Page } from 'puppeteer-core'

const MOST = 20
const heard = new WeakMap<Page, string[]>()

/** From now on keeps the errors that a page and its frames report. Does nothing when called again. */
export function listenToErrors(page: Page): void {
  if (heard.has(page)) return
  const errors: string[] = []
  heard.set(page, errors)
  const keep = (text: string) => {
    if (errors.length < MOST) errors.push(text.slice(0, 500))
  }
  page.on('pageerror', error => keep(`uncaught: ${error instanceof Error ? error.stack : String(error)}`))
  page.on('console', message => {
    if (message.type() === 'error') keep(`${message.text()} (${message.location().url ?? 'no address'})`)
  })
}

/** Returns the errors of a page, the first 20. */
export const errorsOf = (page: Page): readonly string[] => heard.get(page) ?? []
