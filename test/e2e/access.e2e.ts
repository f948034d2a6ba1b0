import { beforeAll, describe, expect, it } from 'vitest'
import { accessProblems } from '../support/axe'
import { emulateLook } from '../support/media'
import { byTestId, type Panel } from '../support/panel'
import { stopPayments } from '../support/payments'
import { useBrowser } from '../support/use-browser'
import { waitFor } from '../support/wait'

describe('the panel, to a screen reader and to the keyboard', () => {
  const at = useBrowser()
  let panel: Panel

  beforeAll(async () => {
    const shown = await at.show('/payments/?speed=20&expose')
    panel = shown.panel
    await waitFor(async () => (await panel.counts()).events > 200, { what: 'some events' })
    await stopPayments(shown.page, panel)
    await panel.settled()
  })

  const inTheme = (theme: 'light' | 'dark') =>
    panel.frame.evaluate(wanted => {
      document.documentElement.dataset.theme = wanted
    }, theme)

  it.each(['light', 'dark'] as const)('has nothing that axe finds wrong in its list (%s)', async theme => {
    await inTheme(theme)
    expect(await accessProblems(panel.frame)).toEqual([])
  })

  it('nor with an event open, whatever is looked at', async () => {
    await panel.clickRow()
    const tabs = await panel.frame.$$eval('.inspector [role="tab"]', found =>
      found.map(tab => (tab as HTMLElement).dataset.testid ?? ''),
    )
    expect(tabs.length).toBeGreaterThan(2)
    for (const tab of tabs) {
      await panel.click(tab)
      await waitFor(async () => (await panel.attribute(tab, 'aria-selected')) === 'true', {
        what: `${tab} to be shown`,
      })
      expect([tab, await accessProblems(panel.frame)]).toEqual([tab, []])
    }
  })

  it('nor in its menus', async () => {
    const menus = await panel.frame.$$eval('details.popup > summary', found =>
      found.map(summary => (summary as HTMLElement).dataset.testid ?? ''),
    )
    expect(menus).toContain('session-menu')
    for (const menu of menus) {
      const open = () => panel.frame.$eval(byTestId(menu), summary => summary.closest('details')?.open === true)
      await panel.click(menu)
      await waitFor(open, { what: `${menu} to open` })
      expect([menu, await accessProblems(panel.frame)]).toEqual([menu, []])
      await panel.key('Escape')
      await waitFor(async () => !(await open()), { what: `${menu} to close` })
    }
  })

  it('nor in its dialogs', async () => {
    for (const dialog of ['keys', 'about', 'storage', 'sites', 'wipe', 'replay']) {
      await panel.holding('Control', 'k')
      await panel.frame.waitForSelector(byTestId('palette-input'))
      if (dialog === 'keys') expect(['palette', await accessProblems(panel.frame)]).toEqual(['palette', []])
      await panel.click(`command-${dialog}`)
      await waitFor(async () => (await panel.has('dialog')) && !(await panel.has('palette-input')), {
        what: `the dialog ${dialog} in place of the palette`,
      })
      expect([dialog, await accessProblems(panel.frame)]).toEqual([dialog, []])
      await panel.key('Escape')
      await waitFor(async () => !(await panel.has('dialog')), { what: `the dialog ${dialog} to close` })
    }
  })

  it('nor when nothing matches', async () => {
    await panel.filter('nothing-has-this')
    await panel.frame.waitForSelector(byTestId('nothing-matches'))
    expect(await accessProblems(panel.frame)).toEqual([])
    await panel.click('clear-filter')
  })

  it.each(['forced-light', 'forced-dark', 'contrast-light', 'contrast-dark'] as const)(
    'nor where the colours are not its own (%s)',
    async look => {
      await emulateLook(panel.frame, look)
      const scheme = look.endsWith('dark') ? 'dark' : 'light'
      await inTheme(scheme)
      const query = look.startsWith('forced') ? '(forced-colors: active)' : '(prefers-contrast: more)'
      await waitFor(() => panel.frame.evaluate(wanted => matchMedia(wanted).matches, query), { what: query })
      try {
        await panel.filter('type:Settlement')
        const seq = await panel.clickRow()
        expect(await accessProblems(panel.frame)).toEqual([])
        // What is picked is told by more than a background that the system may leave out.
        const told = await panel.frame.$eval(`[data-seq="${seq}"]`, row => {
          const other = document.querySelector('.row[data-seq]:not(.selected)') as Element
          const look = ({ backgroundColor, color, outlineStyle }: CSSStyleDeclaration) =>
            [backgroundColor, color, outlineStyle].join()
          return look(getComputedStyle(row)) !== look(getComputedStyle(other))
        })
        expect(told).toBe(true)
        await panel.filter('level:lod')
        expect(await accessProblems(panel.frame)).toEqual([])
      } finally {
        await panel.filter('')
        await emulateLook(panel.frame, 'light')
      }
    },
  )

  it('can be walked through by the Tab key alone, and never traps it', async () => {
    await panel.key('Escape', 'Escape', 'Escape')
    await panel.click('filter-input')
    const seen = new Set<string>()
    for (let i = 0; i < 60; i++) {
      await panel.key('Tab')
      seen.add(
        await panel.frame.evaluate(() => {
          const element = document.activeElement as HTMLElement | null
          return element?.dataset.testid ?? element?.getAttribute('aria-label') ?? element?.tagName ?? ''
        }),
      )
    }
    for (const wanted of ['scroller', 'export-menu', 'columns-menu', 'replay-open']) expect([...seen]).toContain(wanted)
  })
})
