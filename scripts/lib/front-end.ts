import type { Page } from 'puppeteer-core'

/**
 * Evaluates text in the front end of DevTools, where `UI` is the module that owns its views. Text, because test and build tools
 * rewrite `import()` in functions; the whole address, because that is how the front end itself names the module.
 */
export function inFrontEnd(devtools: Page, expression: string): Promise<unknown> {
  return devtools.evaluate(
    `import('devtools://devtools/bundled/ui/legacy/legacy.js').then(UI => ${expression})`,
  ) as Promise<unknown>
}

/** Shows the tool whose tab has that title. False where there is none (yet). Repeating it is harmless. */
export async function selectTab(devtools: Page, title: string): Promise<boolean> {
  const shown = await inFrontEnd(
    devtools,
    `(async () => {
      const tabs = UI.InspectorView.InspectorView.instance().tabbedPane.tabs
      const tab = tabs.find(candidate => candidate.title === ${JSON.stringify(title)})
      if (tab) await UI.ViewManager.ViewManager.instance().showView(tab.id)
      return Boolean(tab)
    })()`,
  )
  return shown === true
}
