import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type Chromium, type LaunchOptions, launchChromium } from './chromium'
import { Panel } from './panel'
import { reportBrowsers } from './report'
import { type ServerOptions, type Site, startServer } from './server'

/** What the tests of a file need. */
export interface Setup extends ServerOptions {
  /** Options for Chromium; `none` starts the server only. */
  launch?: LaunchOptions | 'none'
  /** What every test gets new. Default: all tests share the browser and its pages. */
  fresh?: 'page' | 'browser'
}

/** A page and the panel in its DevTools. */
export interface Shown {
  page: Page
  panel: Panel
}

/** The server and the browser of a test file or `describe`. They run while its tests do. */
export class Place {
  #site: Site | undefined
  #chromium: Chromium | undefined
  readonly #others: Chromium[] = []
  readonly #pages: Page[] = []

  get site(): Site {
    if (!this.#site) throw new Error('the server runs only while tests do')
    return this.#site
  }

  get chromium(): Chromium {
    if (!this.#chromium) throw new Error('no browser runs here now')
    return this.#chromium
  }

  /** Opens a path of the server, or an address, in a new tab in front. */
  async open(path: string): Promise<Page> {
    const page = await this.chromium.open(path.startsWith('/') ? `${this.site.origin}${path}` : path)
    this.#pages.push(page)
    return page
  }

  /** Opens a page as `open` does, and the panel in its DevTools; waits until that is connected. */
  async show(path: string): Promise<Shown> {
    const page = await this.open(path)
    const panel = await Panel.open(page)
    await panel.connected()
    return { page, panel }
  }

  /** Starts a further browser, which is closed after the test. */
  async launch(options?: LaunchOptions): Promise<Chromium> {
    const chromium = await launchChromium(options)
    this.#others.push(chromium)
    return chromium
  }

  async serve(options: ServerOptions): Promise<void> {
    this.#site = await startServer(options)
  }

  async begin(options: LaunchOptions): Promise<void> {
    this.#chromium = await launchChromium(options)
  }

  async closePages(): Promise<void> {
    for (const page of this.#pages.splice(0)) if (!page.isClosed()) await page.close()
  }

  async closeOthers(): Promise<void> {
    // In reverse order: the first made the profile that the others were given, and deletes it.
    for (const chromium of this.#others.splice(0).reverse()) await chromium.close()
  }

  async end(): Promise<void> {
    await this.#chromium?.close()
    this.#chromium = undefined
  }

  async stop(): Promise<void> {
    await this.closeOthers()
    await this.end()
    await this.#site?.close()
  }
}

/**
 * Starts a server and a browser before the tests of a file or `describe`, and ends them after. Prints what browsers show when a test
 * fails.
 */
export function useBrowser({ launch = {}, fresh, ...served }: Setup = {}): Place {
  const place = new Place()
  beforeAll(async () => {
    await place.serve(served)
    if (launch !== 'none' && fresh !== 'browser') await place.begin(launch)
  })
  if (launch !== 'none' && fresh === 'browser') beforeEach(() => place.begin(launch))
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await reportBrowsers(task.name)
    await place.closeOthers()
    if (fresh === 'page') await place.closePages()
    if (fresh === 'browser') await place.end()
  })
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what the hook wants.
  afterAll(async ({}, suite) => {
    if (suite.result?.state === 'fail') await reportBrowsers(`the set-up of ${suite.name}`)
    await place.stop()
  })
  return place
}
