// The panel as an ordinary page: beside the app named by `?app=`, or alone, for imported sessions.

import { startPanel } from './app/start'
import { windowTransport } from './connection/window-transport'
import './app/sheets'
import './app/standalone.css'

/** Lives as long as this tab, so that a reload goes on with the same session. */
function tabKey(): string {
  const KEY = 'playhead:tab'
  const known = sessionStorage.getItem(KEY)
  const key = known ?? crypto.randomUUID()
  if (!known) sessionStorage.setItem(KEY, key)
  return key
}

const frame = document.getElementById('page') as HTMLIFrameElement
const address = new URL(new URLSearchParams(location.search).get('app') ?? '', location.href)
const alone = !new URLSearchParams(location.search).get('app') || address.origin !== location.origin
document.body.classList.toggle('alone', alone)

const panel = startPanel(document.getElementById('app') as HTMLElement, {
  tab: tabKey(),
  persistent: true,
  address: () => location.href.replace(/#.*/, ''),
  transport: windowTransport(() => (alone ? null : frame.contentWindow), address.origin),
})
if (!alone) frame.src = address.href
await panel
