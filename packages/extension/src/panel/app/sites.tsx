import { useEffect, useState } from 'preact/hooks'
import { usePanel } from '../state/context'
import { visible } from '../widgets/format'

/** Lists every origin that the user allowed, each of which can be taken back. */
export function Sites() {
  const { sites } = usePanel()
  const [origins, setOrigins] = useState<string[] | null>(null)
  const load = () => void sites?.list().then(setOrigins)
  useEffect(load, [])
  return (
    <div data-testid="sites">
      <p>Localhost is always allowed. Other sites are allowed one by one, from their own panel.</p>
      {origins?.length === 0 && <p class="quiet">No other site is allowed.</p>}
      {origins?.map(origin => (
        <p key={origin} class="session-row">
          <span class="spring">{visible(origin)}</span>
          <button type="button" onClick={() => void sites?.revoke(origin).then(load)}>
            Take back
          </button>
        </p>
      ))}
    </div>
  )
}
