// Firefox: a panel may not ask for permissions, so the user is asked here. The origin comes in the address, is only shown as text, and
// only the user's click grants it.
import { grantableOrigin } from '../platform/origin'
import { grantOrigin } from '../platform/permissions'

const origin = grantableOrigin(new URLSearchParams(location.search).get('origin') ?? '')
const say = (text: string) => {
  const answer = document.getElementById('answer')
  if (answer) answer.textContent = text
}
const shown = document.getElementById('origin')
if (shown) shown.textContent = origin || '(no site was named)'
document.getElementById('allow')?.addEventListener('click', async () => {
  if (!origin) return
  const granted = await grantOrigin(origin)
  say(granted ? 'Allowed. Go back to the page and its DevTools.' : 'Not allowed.')
})
