import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { ElementHandle } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Files } from '../support/files'
import { byTestId, type Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: { emit(count: number, type?: string): void; bus: { emit(type: string, data: unknown): void } }

const FILE = 'playhead-filters.json'

describe('filters', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS })
  const files = new Files()
  let panel: Panel

  beforeAll(async () => {
    await files.receive(at.chromium)
    const shown = await at.show('/fixtures/pages/bus.html')
    panel = shown.panel
    await shown.page.evaluate(() => {
      app.emit(20, 'tick')
      app.bus.emit('slow', { text: `${'a'.repeat(64)}!` })
      app.emit(20, 'tock')
    })
    await panel.accounted(41)
  })
  afterAll(() => files.remove())

  const names = () =>
    panel.frame.$$eval(byTestId('apply-filter'), found => found.map(one => one.getAttribute('data-name') ?? ''))
  const saveAs = async (name: string) => {
    await panel.click('saved-filters')
    await panel.click('save-name')
    await panel.devtools.keyboard.type(name)
    await panel.key('Enter')
    await waitFor(async () => (await names()).includes(name), { what: `the filter ${name}` })
  }
  const choose = async (path: string) => {
    const input = (await panel.frame.$(byTestId('import-filters'))) as ElementHandle<HTMLInputElement>
    await input.uploadFile(path)
  }
  const says = (what: string) =>
    waitFor(async () => (await panel.text('toast')) === what, { what: `the panel to say "${what}"` })

  it('go into a file and come back from it, beside those that are there', async () => {
    await panel.filter('type:tick')
    await saveAs('ticks')
    await panel.key('Escape')
    await panel.filter('type:tock')
    await saveAs('tocks')
    await panel.click('export-filters')
    await waitFor(() => files.names().includes(FILE), { what: 'the file' })
    const saved = files.path('saved.json')
    renameSync(files.path(FILE), saved)
    const file = JSON.parse(readFileSync(saved, 'utf8'))
    expect(file).toMatchObject({ version: 1, filters: [{ name: 'ticks' }, { name: 'tocks' }] })

    for (const left of [1, 0]) {
      await panel.click('delete-filter')
      await waitFor(async () => (await names()).length === left, { what: `${left} filters` })
    }
    await choose(saved)
    await says('2 filters imported.')
    expect((await names()).sort()).toEqual(['ticks', 'tocks'])
    await panel.clickOn(`${byTestId('apply-filter')}[data-name="ticks"]`)
    await panel.matched(20, 'the ticks')

    // The same name for another filter, one that is there, and one that is none.
    file.filters = [{ ...file.filters[0], text: 'type:t*' }, file.filters[1], { name: 'broken' }]
    writeFileSync(saved, JSON.stringify(file))
    await choose(saved)
    await says('1 filter imported, 1 left out.')
    expect((await names()).sort()).toEqual(['ticks', 'ticks (2)', 'tocks'])
  })

  it.each([
    ['something else', '{"format":"playhead/session","version":1}', 'does not hold saved filters'],
    ['no JSON', 'type:tick', 'not JSON'],
    ['the future', '', 'newer version'],
  ])('are not taken from a file of %s, and stay as they are', async (_what, content, message) => {
    const path = files.path('wrong.json')
    const { format } = JSON.parse(readFileSync(files.path('saved.json'), 'utf8'))
    writeFileSync(path, content || JSON.stringify({ format, version: 2, filters: [] }))
    const before = await names()
    await choose(path)
    await waitFor(async () => (await panel.has('message')) && (await panel.text('message')).includes(message), {
      what: `a message about ${message}`,
    })
    expect(await names()).toEqual(before)
  })

  it('that would run for ever are stopped after two seconds, and the panel says so', async () => {
    await panel.key('Escape')
    await panel.filter('/(a+)+$/')
    await panel.frame.waitForSelector(byTestId('filter-stopped'))
    expect(await panel.text('filter-stopped')).toContain('takes too long and was stopped')
    await panel.filter('/t[io]ck/')
    await panel.matched(40, 'what the next expression finds')
    expect(await panel.has('filter-stopped')).toBe(false)
  })
})
