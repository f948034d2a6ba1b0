import type { Page } from 'puppeteer-core'
import { describe, expect, it } from 'vitest'
import { drawerIsOpen, frontEndHasDialog } from '../support/devtools'
import { byTestId, type Panel } from '../support/panel'
import { stopPayments } from '../support/payments'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

interface State {
  agents: Record<string, { balance: number }>
}
declare const payments: { state(): State }

/** What a Submit of another amount may change: the two agents it names, and its own entry among the recent payments. */
describe('the payments example, recorded and replayed', () => {
  const at = useBrowser()
  let page: Page
  let panel: Panel

  const openPayments = async (query: string) => {
    await page?.close()
    ;({ page, panel } = await at.show(`/payments/?${query}`))
  }
  const state = () => page.evaluate(() => payments.state())

  it('arrives live, filters, and shows one event whole', async () => {
    await openPayments('speed=20&expose')
    const first = (await panel.counts()).events
    await waitFor(async () => (await panel.counts()).events > first + 50, { what: 'events to arrive' })
    await stopPayments(page, panel)

    await panel.filter('type:Settle*')
    await waitFor(
      async () => {
        const rows = await panel.rows()
        return rows.length > 0 && rows.every(row => row.type === 'Settlement')
      },
      { what: 'only settlements' },
    )
    await panel.clickRow()
    await waitFor(async () => (await panel.text('inspector')).includes('txId'), { what: 'the payload' })
    const shown = await panel.text('inspector')
    expect(shown).toContain('Settlement')
    expect(shown).toContain('core')
    expect(shown).toContain('BANK_')
  })

  it('moves by keys that DevTools does not see', async () => {
    const selected = async () => (await panel.rows()).find(row => row.selected)?.seq ?? -1
    await panel.filter('')
    await panel.key('Escape')
    await panel.matched(await panel.settled(), 'everything to be shown')
    const start = await panel.clickRow()
    await panel.key('j')
    await waitFor(async () => (await selected()) === start + 1, { what: 'j to select the next event' })
    await panel.key('k')
    await waitFor(async () => (await selected()) === start, { what: 'k to select the event before' })
    // As fast as a key that is held down, and faster than the engine answers.
    for (let i = 0; i < 12; i++) void panel.key('k')
    await waitFor(async () => (await selected()) === start - 12, { what: 'twelve k to go twelve events up' })
    await panel.key('Slash')
    await waitFor(
      () => panel.frame.evaluate(() => document.activeElement?.getAttribute('data-testid') === 'filter-input'),
      {
        what: '/ to focus the filter',
      },
    )
    await panel.key('Escape', 'Escape', 'Escape')
    expect(await drawerIsOpen(page)).toBe(false)
  })

  it('lists its keys at a ?, which DevTools does not take for its settings', async () => {
    const ask = () => panel.holding('Shift', 'Slash')
    const listed = (open: boolean) =>
      waitFor(async () => (await panel.has('dialog')) === open, { what: `the keys to ${open ? '' : 'not '}be listed` })
    await ask()
    await listed(true)
    await ask()
    await listed(false)
    await panel.click('status-bytes')
    await listed(true)
    await ask()
    await panel.key('Escape')
    await listed(false)
    expect(await frontEndHasDialog(page)).toBe(false)
  })

  it('replays the recording: the final state is the recorded one, and Live brings the live state back', async () => {
    await openPayments('speed=max&expose&seed=7')
    await waitFor(async () => (await panel.counts()).events > 3000, { what: 'some events' })
    await stopPayments(page, panel)
    const recorded = await settled(state)

    await replay(panel)
    await waitFor(async () => (await panel.attribute('replay-state', 'data-state')) === 'done', {
      what: 'the replay to end',
      timeout: 60_000,
    })
    expect(await state()).toEqual(recorded)
    await waitFor(() => panel.has('replay-outcome'), { what: 'its outcome' })
    expect(await panel.attribute('replay-outcome', 'data-equal')).toBe('true')
    expect(await panel.has('replay-divergence')).toBe(false)
    expect(await page.$('playhead-banner')).not.toBeNull()

    await panel.click('replay-take')
    const take = async () => ({
      events: await panel.value('view-matched'),
      text: await panel.text('timeline-summary'),
      filter: await panel.frame.$eval(byTestId('filter-input'), input => (input as HTMLInputElement).value),
    })
    await waitFor(
      async () => {
        const { events, text, filter } = await take()
        return /^take:[1-9]$/.test(filter) && events > 0 && text.includes(`: ${events.toLocaleString('en')} events`)
      },
      { what: 'list and timeline of the replay' },
    ).catch(async error => {
      throw new Error(`${error.message}: ${JSON.stringify(await take())}`)
    })
    await panel.click('replay-take')
    await waitFor(async () => (await take()).filter === '', { what: 'the recording again' })

    await panel.click('replay-live')
    await waitFor(async () => (await panel.attribute('replay-state', 'data-state')) === 'idle', {
      what: 'the live state',
    })
    expect(await state()).toEqual(recorded)
    expect(await page.$('playhead-banner')).toBeNull()
  })

  it('replays as recorded, pauses, goes one step on, and stops: the page is live again', async () => {
    await openPayments('speed=5&expose&seed=5')
    await waitFor(async () => (await panel.counts()).events > 150, { what: 'some seconds of events', timeout: 30_000 })
    await stopPayments(page, panel)
    const live = await settled(state)

    const is = (wanted: string) => async () => (await panel.attribute('replay-state', 'data-state')) === wanted
    const applied = () => panel.value('replay-progress')
    await panel.click('replay-open')
    await panel.click('replay-start')
    await waitFor(is('playing'), { what: 'the replay to play' })
    await waitFor(async () => (await applied()) >= 2, { what: 'some steps' })
    await panel.click('replay-pause')
    await waitFor(is('paused'), { what: 'the replay to pause' })
    const before = await applied()
    const paused = await state()
    expect(paused).not.toEqual(live)
    await panel.click('replay-step')
    await waitFor(async () => (await applied()) === before + 1, { what: 'one step' })
    await waitFor(is('paused'), { what: 'the replay to rest again' })
    expect(await state()).not.toEqual(paused)
    await panel.click('replay-stop')
    await waitFor(is('idle'), { what: 'the live state' })
    expect(await state()).toEqual(live)
    expect(await page.$('playhead-banner')).toBeNull()
  })
})

/** The app's state once it no longer changes. */
async function settled<T>(read: () => Promise<T>): Promise<T> {
  let last = await read()
  await waitFor(
    async () => {
      const now = await read()
      const same = JSON.stringify(now) === JSON.stringify(last)
      last = now
      return same
    },
    { what: 'the app to rest', every: 200 },
  )
  return last
}

async function replay(panel: Panel): Promise<void> {
  await panel.click('replay-open')
  await panel.click('replay-speed-fast')
  await panel.click('replay-start')
}
