import { FORMS, KEYS } from '@playhead/shared/filter/vocabulary'
import { beforeAll, describe, expect, it } from 'vitest'
import { accessProblems } from '../support/axe'
import { clickOn } from '../support/click'
import { byTestId, type Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

declare const app: { bus: { emit(type: string, data: unknown): void } }

const COUNT = 400
const ROWS = COUNT / 4

describe('the filter', () => {
  const at = useBrowser({ mounts: SDK_MOUNTS })
  let panel: Panel

  beforeAll(async () => {
    const shown = await at.show('/fixtures/pages/bus.html?capacity=200000&facets=agentId,day')
    panel = shown.panel
    await shown.page.evaluate(total => {
      const types = ['row:insert', 'row:update', 'tick', 'with space']
      for (let i = 0; i < total; i++) {
        app.bus.emit(types[i % 4] as string, {
          i,
          amount: i * 10,
          agentId: i % 8 < 2 ? 'BANK_A' : 'BANK_B',
          day: i % 5,
        })
      }
    }, COUNT)
    await panel.accounted(COUNT)
  })

  const box = () => panel.filterText()
  const type = (text: string) => panel.devtools.keyboard.type(text)
  const options = () =>
    panel.frame.$$eval(byTestId('filter-option'), found => found.map(option => option.getAttribute('data-text') ?? ''))
  const offered = (text: string) =>
    waitFor(async () => (await options()).includes(text), { what: `${text} to be offered` })
  const matched = (count: number, what: string) => panel.matched(count, `the events of ${what}`)
  const written = (text: string) => waitFor(async () => (await box()) === text, { what: `the box to say ${text}` })
  /** Types it, and stays in the box. */
  const fill = async (text: string) => {
    await panel.click('filter-input')
    await panel.holding('Control', 'a')
    await panel.key('Backspace')
    await type(text)
  }
  const badge = (count: number) =>
    waitFor(async () => (await panel.value('filter-badge')) === count, { what: `${count} conditions` })
  const expanded = () => panel.attribute('filter-input', 'aria-expanded')
  const clickNamed = (testId: string, name: string) => panel.clickOn(`${byTestId(testId)}[data-name="${name}"]`)

  it('is completed by keys from what was seen', async () => {
    await panel.click('filter-input')
    await type('ty')
    await offered('type:')
    await panel.key('Tab')
    await written('type:')
    await offered('row:*')
    await type('up')
    await waitFor(async () => (await options())[0] === 'row:update', { what: 'the type with these letters' })
    await panel.key('ArrowDown')
    await waitFor(async () => (await panel.attribute('filter-input', 'aria-activedescendant')) === 'filter-option-0', {
      what: 'the first option to be the chosen one',
    })
    await panel.key('Enter')
    await written('type:row:update')
    await matched(ROWS, 'type:row:update')
    await waitFor(async () => (await expanded()) === 'false', { what: 'a closed list' })
    await type('|wi')
    await offered('"with space"')
    await panel.key('Tab')
    await written('type:row:update|"with space"')
    await matched(2 * ROWS, 'both types')
    await type(' agentId=')
    await offered('BANK_A')
    await panel.key('ArrowDown', 'ArrowDown', 'Enter')
    await matched(ROWS / 2, 'both types of one agent')
    expect(await accessProblems(panel.frame)).toEqual([])
  })

  it('is completed by the mouse, and Esc closes the list alone', async () => {
    await fill('payload.am')
    await offered('payload.amount=')
    expect(await accessProblems(panel.frame)).toEqual([])
    await panel.click('filter-option')
    await written('payload.amount=')
    await offered('10')
    await type('3')
    await offered('30')
    await type('0')
    await matched(1, 'the amount')
    await fill('is')
    await offered('is:')
    await panel.key('Escape')
    await waitFor(async () => (await expanded()) === 'false', { what: 'a closed list' })
    expect(await box()).toBe('is')
    expect(await panel.frame.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('filter-input')
    await panel.click('filter-clear')
    await matched(COUNT, 'no filter')
  })

  it('completes behind a bar, and finds values that are too many to be told', async () => {
    await fill('agentId=BANK_A|')
    await offered('BANK_B')
    expect(await options()).not.toContain('BANK_A')
    await panel.key('ArrowDown', 'Tab')
    await written('agentId=BANK_A|BANK_B')
    await fill('payload.amount=10|399')
    await offered('3990')
    await panel.key('Tab')
    await written('payload.amount=10|3990')
    await matched(2, 'both amounts')
    await panel.filter('')
  })

  it('gives back what was typed with Ctrl+Z, after a completion and after a fix', async () => {
    await fill('ty')
    await offered('type:')
    await panel.key('Tab')
    await written('type:')
    await type('up')
    await offered('row:update')
    await panel.key('Tab')
    await written('type:row:update')
    await panel.holding('Control', 'z')
    await written('type:up')
    // What was typed behind the first completion goes first.
    for (let i = 0; i < 5 && (await box()) !== 'ty'; i++) {
      const before = await box()
      await panel.holding('Control', 'z')
      await waitFor(async () => (await box()) !== before, { what: 'one step back' })
    }
    await written('ty')
    await panel.key('Escape')
    await fill('levle:state ')
    await panel.click('filter-fix')
    await written('level:state ')
    await panel.holding('Control', 'z')
    await written('levle:state ')
    // The list follows the text.
    await fill('type:tic')
    await offered('tick')
    await panel.click('filter-option')
    await matched(ROWS, 'type:tick')
    await panel.holding('Control', 'z')
    await written('type:tic')
    await matched(0, 'type:tic')
    await panel.key('Escape')
    await panel.filter('')
  })

  it('offers what was filtered by before', async () => {
    await fill('type:tick')
    await panel.key('Escape', 'Enter')
    await fill('')
    await panel.key('Escape')
    await panel.click('filter-input')
    await panel.key('ArrowUp')
    await offered('type:tick')
    await panel.key('Enter')
    await written('type:tick')
    await matched(ROWS, 'type:tick')
  })

  it('underlines a mistake, says what would work, and goes on showing events', async () => {
    await fill('type:tick levle:action ')
    await waitFor(() => panel.has('filter-problem'), { what: 'the mistake to be named' })
    expect(await panel.frame.$$eval('.filter-marks .bad', found => found.map(mark => mark.textContent))).toEqual([
      'levle:action',
    ])
    await waitFor(async () => (await panel.text('filter-problem')).includes('level:'), { what: 'what would work' })
    await matched(ROWS, 'the rest of the filter')
    // The mark stands under its letters.
    const [mark, input] = await Promise.all(
      ['.filter-marks', byTestId('filter-input')].map(
        async selector => (await (await panel.frame.$(selector))?.boundingBox())!,
      ),
    )
    expect(mark!.x).toBeCloseTo(input!.x, 0)
    await panel.click('filter-fix')
    await written('type:tick level:action ')
    await waitFor(async () => !(await panel.has('filter-problem')), { what: 'no mistake' })
    await fill('')
  })

  it('takes spaces around an operator for a mistake, which empties no list', async () => {
    await fill('payload.amount > 3000 ')
    await waitFor(() => panel.has('filter-problem'), { what: 'the mistake to be named' })
    await matched(COUNT, 'no filter')
    await panel.click('filter-fix')
    await written('payload.amount>3000 ')
    await matched(COUNT - 301, 'payload.amount>3000')
    await panel.filter('')
  })

  it('offers what may have been meant where nothing matches, and to leave out one condition', async () => {
    const ways = () => panel.frame.$$eval(byTestId('way-out'), found => found.map(button => button.textContent))
    const waysAre = (...wanted: string[]) =>
      waitFor(async () => JSON.stringify(await ways()) === JSON.stringify(wanted), { what: `the ways ${wanted}` })
    await panel.filter('amount>3000 type:TICK')
    await matched(0, 'a filter that nothing passes')
    const without = ['Without amount>3000', 'Without type:TICK']
    await waysAre('Write payload.amount>3000', 'Write type:tick', ...without)
    await panel.click('way-out')
    await written('payload.amount>3000 type:TICK')
    await waysAre('Write type:tick', 'Without payload.amount>3000', 'Without type:TICK')
    await panel.click('way-out')
    await written('payload.amount>3000 type:tick')
    await matched(25, 'what was meant')
    await panel.filter('')
  })

  it('understands every example it gives', async () => {
    for (const example of [...KEYS, ...FORMS].map(help => help.example)) {
      await fill(example)
      await written(example)
      await waitFor(async () => (await panel.attribute('filter-input', 'aria-invalid')) === 'false', {
        what: `${example} to be understood`,
      })
      expect(await panel.has('filter-problem'), example).toBe(false)
    }
    await panel.filter('')
  })

  it('is the same by clicking: ticks and text are one', async () => {
    await panel.click('filter-panel')
    await clickNamed('filter-tick-type', 'tick')
    await written('type:tick')
    await matched(ROWS, 'the ticked type')
    await clickNamed('filter-tick-type', 'row:insert')
    await written('type:tick|row:insert')
    await matched(2 * ROWS, 'both')
    await badge(1)
    await clickNamed('filter-tick-type', 'tick')
    await written('type:row:insert')
    await clickNamed('filter-hide-type', 'tick')
    await written('type:row:insert -type:tick')
    await clickNamed('filter-hide-type', 'tick')
    await panel.click('filter-section-facet-agentId')
    await clickNamed('filter-tick-facet-agentId', 'tBANK_A')
    await written('type:row:insert agentId=BANK_A')
    await matched(ROWS / 2, 'the agent')
    await panel.click('filter-section-facet-day')
    await panel.click('filter-min-day')
    await type('3')
    await panel.key('Enter')
    await written('type:row:insert agentId=BANK_A day>=3')
    await badge(3)
    expect(await accessProblems(panel.frame)).toEqual([])

    // What is typed is ticked.
    await panel.filter('type:row:* level:action')
    await panel.click('filter-panel')
    const ticked = () =>
      panel.frame.$$eval(`${byTestId('filter-tick-type')}:checked`, found =>
        found.map(one => one.getAttribute('data-name')).sort(),
      )
    await waitFor(async () => (await ticked()).length === 2, { what: 'the types of the glob to be ticked' })
    expect(await ticked()).toEqual(['row:insert', 'row:update'])
    const level = () => panel.frame.$eval(byTestId('level'), it => (it as HTMLSelectElement).value)
    await waitFor(async () => (await level()) === 'action', { what: 'the level to be chosen' })
    await panel.click('filter-clear-all')
    await written('')
    await matched(COUNT, 'no filter')
    await panel.key('Escape')
  })

  it('is saved under a name, survives a reload, and is renamed and deleted', async () => {
    await panel.filter('type:tick day>=2')
    await panel.click('saved-filters')
    await panel.click('save-name')
    await type('late ticks')
    await panel.key('Enter')
    await waitFor(() => panel.has('apply-filter'), { what: 'the saved filter' })
    expect(await accessProblems(panel.frame)).toEqual([])
    panel = await panel.reopen()
    await panel.connected()
    await written('type:tick day>=2')
    await panel.filter('')
    await panel.click('saved-filters')
    await clickNamed('apply-filter', 'late ticks')
    await written('type:tick day>=2')
    await panel.click('rename-filter')
    await panel.holding('Control', 'a')
    await type('evening')
    await panel.key('Enter')
    await panel.frame.waitForSelector(`${byTestId('apply-filter')}[data-name="evening"]`)
    await panel.click('delete-filter')
    await waitFor(async () => !(await panel.has('apply-filter')), { what: 'no saved filter' })
    await panel.key('Escape')
  })

  it('is part of a link that brings back filter and event', async () => {
    await panel.filter('type:tick')
    await matched(ROWS, 'type:tick')
    const seq = await panel.clickRow()
    await panel.click('saved-filters')
    await panel.click('copy-link')
    await waitFor(async () => (await panel.text('toast')) === 'Link copied.', { what: 'the panel to say so' })
    await panel.key('Escape', 'Escape')
    await panel.filter('')
    await matched(COUNT, 'no filter')
    await panel.key('Escape', 'Escape')
    await waitFor(async () => !(await panel.has('inspector')), { what: 'no selected event' })
    await panel.click('filter-input')
    await panel.holding('Control', 'v')
    await written('type:tick')
    await matched(ROWS, 'the filter of the link')
    await waitFor(
      async () => (await panel.has('inspector')) && (await panel.attribute('inspector', 'data-seq')) === String(seq),
      {
        what: 'the event of the link',
      },
    )
  })
})

describe('a link to the standalone page', () => {
  const at = useBrowser({ launch: { extension: undefined } })

  it('opens it at its place', async () => {
    const page = await at.open('/panel/standalone.html?app=/payments/%3Fspeed=20#playhead:filter=type%3ASettlement')
    const box = () => page.$eval(byTestId('filter-input'), input => (input as HTMLInputElement).value).catch(() => '')
    await waitFor(async () => (await box()) === 'type:Settlement', { what: 'the filter of the address' })
    await waitFor(() => page.evaluate(() => location.hash === ''), { what: 'an address without it' })
    await page.evaluate(() => {
      location.hash = 'playhead:filter=is%3Aroot'
    })
    await waitFor(async () => (await box()) === 'is:root', { what: 'the filter of the new address' })

    // What is written for the user is undone like what they type.
    await clickOn(page, byTestId('filter-input'))
    await page.keyboard.type(' levle:state')
    await clickOn(page, byTestId('filter-fix'))
    await waitFor(async () => (await box()).endsWith(' level:state'), { what: 'the mistake to be put right' })
    await page.keyboard.down('Control')
    await page.keyboard.press('z')
    await page.keyboard.up('Control')
    await waitFor(async () => (await box()).endsWith(' levle:state'), { what: 'it to be undone' })
  })
})
