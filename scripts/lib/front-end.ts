import type { Page } from 'puppeteer-core'

/**
 * Evaluates an expression in the front end of DevTools, where `UI` is the module that owns its views. It is text because tools for tests
 * and builds rewrite `import()` in functions. The module is named by its whole address, as the front end itself does.
 */
export function inFrontEnd(devtools: Page, expression: string): Promise<unknown> {
  return devtools.evaluate(
    `import('devtools://devtools/bundled/ui/legacy/legacy.js').then(UI => ${expression})`,
  ) as Promise<unknown>
}

/** Shows the tool whose tab has that title. Resolves with false where there is none, or not yet. Can be repeated. */
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
