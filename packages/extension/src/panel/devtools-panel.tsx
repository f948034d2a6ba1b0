import { inspectedTab, onThemeChange, pageTransport, themeName } from '../platform/devtools'
import { grantedOrigins, grantOrigin, revokeOrigin } from '../platform/permissions'
import { startPanel } from './app/start'
import './app/sheets'

const showTheme = (theme: 'dark' | 'light') => {
  document.documentElement.dataset.theme = theme
}
showTheme(themeName())
onThemeChange(showTheme)

const tab = await inspectedTab()
await startPanel(document.getElementById('app') as HTMLElement, {
  tab: tab.key,
  persistent: !tab.private,
  transport: pageTransport(tab.tabId),
  grant: grantOrigin,
  sites: { list: grantedOrigins, revoke: revokeOrigin },
})
