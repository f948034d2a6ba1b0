import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickOn } from '../support/click'
import { byTestId, type Panel } from '../support/panel'
import { stopPayments } from '../support/payments'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

interface State {
  agents: Record<string, { balance: number }>
}
declare const payments: { state(): State }

interface SessionFile {
  session: { id: string; producers: { offset: number }[] }
  events: { id: string; type: string; payload: { amount: number; agentId: string; to: string } }[]
}

describe('session files', () => {
  const at = useBrowser()
  let page: Page
  let panel: Panel
  const folder = mkdtempSync(join(tmpdir(), 'playhead-files-'))

  beforeAll(async () => {
    const session = await at.chromium.browser.target().createCDPSession()
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const files = () => readdirSync(folder).filter(name => name.endsWith('.json'))
  const state = () => page.evaluate(() => payments.state())
  const clickApp = (testId: string) => clickOn(page, byTestId(testId))

  async function openPayments(query: string) {
    await page?.close()
    ;({ page, panel } = await at.show(`/payments/?${query}`))
  }

  async function exported(): Promise<SessionFile> {
    const before = new Set(files())
    await panel.click('export-menu')
    await panel.click('export')
    const name = await waitFor(() => files().find(file => !before.has(file)), { what: 'the exported file' })
    const file = await waitFor(() => JSON.parse(readFileSync(join(folder, name), 'utf8')) as SessionFile, {
      what: 'the file to be whole',
    })
    // The next one may have the same name.
    rmSync(join(folder, name))
    return file
  }

  async function imported(name: string, content: string): Promise<void> {
    const path = join(folder, `${name}.txt`)
    writeFileSync(path, content)
    const input = (await panel.frame.$(byTestId('import-input'))) as ElementHandle<HTMLInputElement>
    await input.uploadFile(path)
  }

  /** A recording of one payment from A to B, and of nothing else. */
  async function recordOnePayment() {
    await openPayments('speed=0&arrivals=0&expose')
    await page.bringToFront()
    await page.select(`${byTestId('submit-form')} ${byTestId('submit-from')}`, 'BANK_A')
    await clickApp('submit-button')
    for (let i = 0; i < 3; i++) await clickApp('step')
    await panel.devtools.bringToFront()
    await waitFor(async () => (await panel.counts()).events > 4, { what: 'the payment to be recorded' })
    await panel.settled()
  }

  it('are the same after export, wipe, import and export', async () => {
    await openPayments('speed=max&expose&seed=3')
    await waitFor(async () => (await panel.counts()).events > 2000, { what: 'some events' })
    await stopPayments(page, panel)
    const events = await panel.settled()
    const first = await exported()
    expect(first.events.length).toBe(events)

    await panel.click('session-menu')
    await panel.click('wipe-open')
    await panel.click('wipe')
    await waitFor(async () => (await panel.counts()).events === 0, { what: 'nothing to be left' })

    await imported('back', JSON.stringify(first))
    await panel.matched(first.events.length, 'the imported events')
    const second = await exported()
    expect(second).toEqual(first)
  })

  it('of a session that is here already make the panel ask', async () => {
    const file = await exported()
    await imported('again', JSON.stringify(file))
    await panel.click('duplicate-copy')
    await waitFor(async () => (await panel.text('session-menu')).includes('copy'), { what: 'the copy to be shown' })
    const copy = await exported()
    expect(copy.session.id).not.toBe(file.session.id)
    expect(copy.events).toEqual(file.events)
  })

  it.each([
    ['malformed', '{"format":"playhead/session","version":1,\n"session": nonsense', 'not JSON', 'line 2'],
    [
      'truncated',
      '{"format":"playhead/session","version":1,\n"session":{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"',
      'ends in the middle',
      'line 2',
    ],
    ['from-the-future', '{"format":"playhead/session","version":99,"session":{}}', 'newer Playhead', 'line 1'],
    ['of-something-else', '{"log":{"version":"1.2"}}', 'format', 'line 1'],
  ])(
    'that are %s are refused with what and where, and the store stays as it was',
    async (name, content, what, where) => {
      const sessions = () =>
        panel.frame.$$eval(byTestId('session-item'), items => items.map(item => item.getAttribute('data-session')))
      const before = await sessions()
      await imported(name, content)
      const says = async (part: string) => (await panel.text('message')).includes(part)
      await waitFor(async () => (await says(`${name}.txt was not imported`)) && says(what), {
        what: `a message about ${what}`,
      })
      expect(await panel.text('message-where')).toContain(where)
      await panel.click('session-menu')
      expect(await sessions()).toEqual(before)
      await panel.click('session-menu')
    },
  )

  it('with another amount replay to a state that differs exactly in the accounts it touches', async () => {
    await recordOnePayment()
    const recorded = await state()
    const file = await exported()
    const submit = file.events.find(event => event.type === 'Submit')
    if (!submit) throw new Error('no Submit was recorded')
    const { agentId, to } = submit.payload
    submit.payload.amount += 100
    await imported('what-if', JSON.stringify(file))
    await panel.click('duplicate-copy')
    await waitFor(async () => !(await panel.has('dialog')), { what: 'the copy to be there' })
    await panel.matched(file.events.length, 'the copy to be shown')

    await panel.click('replay-open')
    await panel.click('replay-speed-fast')
    await panel.click('replay-start')
    await waitFor(async () => (await panel.attribute('replay-state', 'data-state')) === 'done', {
      what: 'the replay to end',
    })
    const replayed = await state()
    const changed = Object.keys(recorded.agents).filter(
      agent => JSON.stringify(recorded.agents[agent]) !== JSON.stringify(replayed.agents[agent]),
    )
    expect(changed.sort()).toEqual([agentId, to].sort())
    expect(recorded.agents[agentId]!.balance - replayed.agents[agentId]!.balance).toBe(100)
    expect(replayed.agents[to]!.balance - recorded.agents[to]!.balance).toBe(100)

    await panel.click('replay-live')
    await waitFor(async () => JSON.stringify(await state()) === JSON.stringify(recorded), { what: 'the live state' })
  })

  it('are never replayed into another origin', async () => {
    const file = await exported()
    const elsewhere = {
      ...file,
      session: {
        ...file.session,
        id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
        origin: 'https://shop.example',
        producers: file.session.producers.map(producer => ({ ...producer, url: 'https://shop.example/' })),
      },
    }
    await imported('elsewhere', JSON.stringify(elsewhere))
    await panel.matched(file.events.length, 'the session')
    await panel.click('replay-open')
    await panel.click('replay-start')
    await waitFor(async () => (await panel.text('message')).includes('shop.example'), { what: 'the refusal' })
  })
})
