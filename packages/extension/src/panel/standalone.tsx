// The panel as an ordinary page: beside the app named by `?app=`, or alone, for imported sessions.

import { messageOf } from '@playhead/shared/values/message-of'
import { randomId } from './app/random-id'
import { startPanel } from './app/start'
import { windowTransport } from './connection/window-transport'
import './app/sheets'
import './app/standalone.css'

/** Lives as long as this tab, so that a reload goes on with the same session; as long as the page where nothing may be stored. */
function tabKey(): string {
  const KEY = 'playhead:tab'
  try {
    const known = sessionStorage.getItem(KEY)
    const key = known ?? randomId()
    if (!known) sessionStorage.setItem(KEY, key)
    return key
  } catch {
    return randomId()
  }
}

const frame = document.getElementById('page') as HTMLIFrameElement
const address = new URL(new URLSearchParams(location.search).get('app') ?? '', location.href)
const alone = !new URLSearchParams(location.search).get('app') || address.origin !== location.origin
document.body.classList.toggle('alone', alone)

const root = document.getElementById('app') as HTMLElement
const panel = startPanel(root, {
  tab: tabKey(),
  persistent: true,
  address: () => location.href.replace(/#.*/, ''),
  transport: windowTransport(() => (alone ? null : frame.contentWindow), address.origin),
})
if (!alone) frame.src = address.href
await panel.catch((error: unknown) => {
  const secure = isSecureContext ? '' : ' This page is not secure: open it over https or on localhost.'
  root.textContent = `Playhead could not start: ${messageOf(error)}.${secure}`
})
