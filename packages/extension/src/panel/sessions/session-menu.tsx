import type { SessionInfo } from '@playhead/shared/model/session'
import { usePanel } from '../state/context'
import { bytes, count, visible } from '../widgets/format'
import { IconButton } from '../widgets/icon-button'
import { Popup } from '../widgets/popup'
import { titleOf } from './session-title'

export function SessionMenu() {
  const { store, actions, sites } = usePanel()
  const live = store.status.value?.session ?? null
  const shown = store.shown.value
  const stored = store.sessions.value.filter(session => session.id !== live?.id)
  return (
    <Popup
      testId="session-menu"
      title="Choose a session"
      closes
      onOpen={() => void actions.sessions.refresh()}
      label={store.session.value === null || shown?.id === live?.id ? '● Live' : titleOf(shown)}
    >
      <button type="button" class="session" data-testid="session-live" onClick={() => actions.sessions.open(null)}>
        <strong>● Live</strong>
        <small>{live ? `${titleOf(live)} · ${count(live.events)} events` : 'no page records yet'}</small>
      </button>
      {live && (
        <button type="button" data-testid="session-about-live" onClick={() => actions.sessions.openAbout(live.id)}>
          About this session…
        </button>
      )}
      {stored.map(session => (
        <Item key={session.id} session={session} />
      ))}
      {stored.length === 0 && <p class="quiet">No older sessions</p>}
      <hr />
      <button type="button" data-testid="storage-open" onClick={() => actions.panel.open('storage')}>
        Storage and limits…
      </button>
      <button type="button" data-testid="wipe-open" onClick={() => actions.panel.open('wipe')}>
        Delete everything stored…
      </button>
      {sites && (
        <button type="button" data-testid="sites-open" onClick={() => actions.panel.open('sites')}>
          Allowed sites…
        </button>
      )}
    </Popup>
  )
}

function Item({ session }: { session: SessionInfo }) {
  const { actions } = usePanel()
  return (
    <div class="session-row">
      <button
        type="button"
        class="session"
        data-testid="session-item"
        data-session={session.id}
        onClick={() => actions.sessions.open(session.id)}
      >
        <strong>{titleOf(session)}</strong>
        <small>
          {new Date(session.started).toLocaleString()} · {count(session.events)} events · {bytes(session.bytes)}
          {session.missing > 0 && ` · ${count(session.missing)} missing`}
          {session.imported ? ' · imported' : session.recovered ? ' · recovered' : ''}
        </small>
        <small>
          {visible(session.origin)}
          {session.tags?.map(tag => (
            <i key={tag} class="tag">
              {visible(tag)}
            </i>
          ))}
        </small>
        {session.note && <small>{visible(session.note)}</small>}
      </button>
      <IconButton
        label={`${session.pinned ? 'Unpin' : 'Pin'} ${titleOf(session)}`}
        title={session.pinned ? 'Unpin: it may go when space is needed' : 'Pin: it stays'}
        testId="session-pin"
        pressed={session.pinned === true}
        onClick={() => actions.sessions.annotate(session.id, { pinned: !session.pinned })}
      >
        {session.pinned ? '★' : '☆'}
      </IconButton>
      <IconButton
        label={`About ${titleOf(session)}`}
        title="About: name, notes, statistics, compare"
        testId="session-info"
        onClick={() => actions.sessions.openAbout(session.id)}
      >
        <i>i</i>
      </IconButton>
      <IconButton
        label={`Delete ${titleOf(session)}`}
        title="Delete"
        testId="session-delete"
        onClick={() => actions.sessions.remove(session.id)}
      >
        ✕
      </IconButton>
    </div>
  )
}
