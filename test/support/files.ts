import { mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElementHandle } from 'puppeteer-core'
import type { Chromium } from './chromium'
import { byTestId, type Panel } from './panel'
import { waitFor } from './wait'

/** A folder that takes the browser's downloads, and from which the panel imports. */
export class Files {
  readonly folder = mkdtempSync(join(tmpdir(), 'playhead-files-'))
  private exports = 0

  async receive({ browser }: Chromium): Promise<void> {
    const session = await browser.target().createCDPSession()
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: this.folder })
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  names(): string[] {
    return readdirSync(this.folder)
  }

  /** Exports the session in view by the menu. Resolves with the path of the file when it is whole. */
  async export(panel: Panel, format: 'json' | 'jsonl' | 'csv', gzip = false, timeout = 20_000): Promise<string> {
    const before = new Set(this.names())
    await this.choose(panel, format, gzip)
    const suffix = gzip ? `.${format}.gz` : `.${format}`
    const isNew = (name: string) => !before.has(name) && name.endsWith(suffix)
    const name = await waitFor(() => this.names().find(isNew), { what: 'the exported file', timeout })
    let size = -1
    await waitFor(
      () => {
        const last = size
        size = statSync(this.path(name)).size
        return size > 0 && size === last && !this.names().some(other => other.endsWith('.crdownload'))
      },
      { what: 'the exported file to be whole', every: 200, timeout },
    )
    // The file is renamed, because the next one may have the same name.
    const path = this.path(`${++this.exports}-${name}`)
    renameSync(this.path(name), path)
    return path
  }

  async choose(panel: Panel, format: 'json' | 'jsonl' | 'csv', gzip = false): Promise<void> {
    await panel.click('export-menu')
    const isChecked = await panel.frame.$eval(byTestId('export-gzip'), box => (box as HTMLInputElement).checked)
    if (isChecked !== gzip) await panel.click('export-gzip')
    await panel.click(format === 'json' ? 'export' : `export-${format}`)
  }

  /** Picks files to import, all at once. */
  async import(panel: Panel, ...paths: string[]): Promise<void> {
    const input = (await panel.frame.$(byTestId('import-input'))) as ElementHandle<HTMLInputElement>
    await input.uploadFile(...paths)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
