import type { Page } from 'puppeteer-core'
import { describe, expect, it } from 'vitest'
import { byTestId, type Panel } from '../support/panel'
import { stopPayments } from '../support/payments'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: { emit(count: number, type?: string): void; ready: boolean }

describe('what is kept', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS, fresh: 'page' })
  let page: Page
  let panel: Panel

  const open = async () => {
    ;({ page, panel } = await at.show('/fixtures/pages/bus.html'))
  }
  const emit = (count: number) => page.evaluate(n => app.emit(n), count)
  const openStorage = async () => {
    if (!(await panel.has('retention-keep'))) await panel.click('status-bytes')
    await panel.frame.waitForSelector(byTestId('retention-keep'))
  }
  const inputOf = (testId: string) =>
    panel.frame.$eval(byTestId(testId), input => (input as HTMLInputElement | HTMLTextAreaElement).value)
  const closeDialog = async () => {
    await panel.click('dialog-close')
    await waitFor(async () => !(await panel.has('dialog-close')), { what: 'the dialog to close' })
  }
  const limit = async (testId: string, value: string) => {
    await openStorage()
    await panel.click(testId)
    await panel.holding('Control', 'a')
    await panel.devtools.keyboard.type(value)
    await waitFor(async () => (await inputOf(testId)) === value, { what: `${testId} to be ${value}` })
    await panel.key('Enter')
    await closeDialog()
  }

  /** The description of the live session; its id. */
  const openAbout = async () => {
    await panel.click('session-menu')
    await panel.click('session-about-live')
    await panel.frame.waitForSelector(byTestId('session-about'))
    return panel.attribute('session-about', 'data-session')
  }

  it('is bounded to the event by what the user sets, and says what went', async () => {
    await open()
    await emit(9000)
    await panel.accounted(9000)
    await limit('retention-session-events', '5000')
    await waitFor(async () => (await panel.counts()).events === 5000, { what: 'the oldest events to go' })
    expect(await panel.accounted(9000)).toEqual({ events: 5000, missing: 4000 })
    await emit(100)
    expect(await panel.accounted(9100)).toEqual({ events: 5000, missing: 4100 })
    // The bound is the user's: another panel has it too.
    panel = await panel.reopen()
    await panel.connected()
    await waitFor(async () => (await panel.counts()).events === 5000, { what: 'the session' })
    await emit(10)
    expect(await panel.accounted(9110)).toEqual({ events: 5000, missing: 4110 })
    await limit('retention-session-events', '1000000')
  })

  it('holds as much text in memory as the user allows, and says what is compressed', async () => {
    await open()
    await emit(9000)
    await panel.accounted(9000)
    await limit('retention-text-budget', '0')
    const compressed = async () => {
      await openStorage()
      return (await panel.text('storage-compressed')).includes('2 of 3 blocks are compressed')
    }
    await waitFor(compressed, { what: 'what is sealed to be compressed', timeout: 20_000, every: 250 })
    expect(await inputOf('retention-text-budget')).toBe('0')
    await closeDialog()
    await limit('retention-text-budget', '64')
  })

  it('stays in memory where the user says so', async () => {
    await open()
    await openStorage()
    await panel.frame.select(byTestId('retention-keep'), 'memory')
    await closeDialog()
    await waitFor(async () => (await panel.attribute('status-storage', 'data-storage')) === 'memory', {
      what: 'the panel to keep to memory',
    })
    await emit(50)
    await waitFor(async () => (await panel.counts()).events === 50, { what: 'the events' })
    const stored = await panel.frame.evaluate(
      `new Promise((resolve, reject) => {
        const opening = indexedDB.open('playhead')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction('sessions').objectStore('sessions').getAll()
          all.onsuccess = () => { opening.result.close(); resolve(all.result.filter(one => one.info.events === 50).length) }
        }
      })`,
    )
    expect(stored).toBe(0)
  })

  it('is described: marks with durations, statistics, notes that stay, and what differs from another session', async () => {
    ;({ page, panel } = await at.show('/payments/?speed=max&expose&ticksPerDay=20&seed=3'))
    await openStorage()
    await panel.frame.select(byTestId('retention-keep'), 'disk')
    await closeDialog()
    await waitFor(async () => (await panel.counts()).events > 2000, { what: 'some days' })
    const first = await openAbout()
    await closeDialog()
    await panel.click('toolbar-clear')
    await panel.frame.waitForSelector(`${byTestId('session-item')}[data-session="${first}"]`)
    await waitFor(async () => (await panel.counts()).events > 500, { what: 'a second session' })
    await stopPayments(page, panel)
    await panel.settled()
    await openAbout()
    // What is counted comes piece by piece.
    for (const part of ['Seed3', 'Settlement']) {
      await waitFor(async () => (await panel.text('session-about')).includes(part), {
        what: `${part} in the description`,
      })
    }
    await waitFor(async () => /day Day \d+/.test(await panel.text('phases')), { what: 'the days' })
    const other = await panel.frame.$eval(`${byTestId('compare-with')} option:nth-child(2)`, option =>
      option.getAttribute('value'),
    )
    await panel.frame.select(byTestId('compare-with'), other ?? '')
    for (const part of ['Settlement', 'Events/s']) {
      await waitFor(async () => (await panel.text('comparison')).includes(part), { what: `${part} in the comparison` })
    }
    await panel.click('session-note')
    await panel.devtools.keyboard.type('the slow one')
    await panel.click('session-pinned')
    await closeDialog()
    await openAbout()
    await waitFor(async () => (await inputOf('session-note')) === 'the slow one', {
      what: 'the note to be there again',
    })
  })
})
