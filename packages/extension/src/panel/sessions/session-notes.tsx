import type { SessionInfo } from '@playhead/shared/model/session'
import { usePanel } from '../state/context'

/** A form for what the user says of a session: its name, tags, a note, and that it must stay. */
export function SessionNotes({ session }: { session: SessionInfo }) {
  const { actions } = usePanel()
  return (
    <form
      class="notes"
      onSubmit={event => event.preventDefault()}
      onChange={event => {
        const data = new FormData(event.currentTarget)
        const text = (name: string) => String(data.get(name) ?? '').trim()
        actions.sessions.rename(session.id, text('name'))
        const tags = text('tags')
          .split(',')
          .flatMap(tag => tag.trim() || [])
        actions.sessions.annotate(session.id, { tags, note: text('note'), pinned: data.has('pinned') })
      }}
    >
      <label>
        Name <input name="name" defaultValue={session.name} maxLength={200} data-testid="session-name" />
      </label>
      <label>
        Tags{' '}
        <input
          name="tags"
          defaultValue={session.tags?.join(', ')}
          placeholder="bug 17, slow"
          data-testid="session-tags"
        />
      </label>
      <label>
        Note <textarea name="note" defaultValue={session.note} rows={2} maxLength={4096} data-testid="session-note" />
      </label>
      <label>
        <input type="checkbox" name="pinned" defaultChecked={session.pinned} data-testid="session-pinned" /> Pinned: it
        stays whatever the limits say
      </label>
    </form>
  )
}
