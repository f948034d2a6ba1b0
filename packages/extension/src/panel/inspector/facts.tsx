import type { EntityTerm, EventDetail } from '@playhead/engine/contract/event'
import { Fragment } from 'preact'
import { usePanel } from '../state/context'
import { factsAreOpen } from '../state/inspector-store'
import { bytes, clock, duration, visible } from '../widgets/format'

/** Shows what is known of the event besides its payload. */
export function Facts() {
  const { store, actions } = usePanel()
  const event = store.detail.value
  if (!event) return null
  const open = factsAreOpen(store.inspector)
  return (
    <details
      class="facts-box disclosure"
      open={open}
      // The event also comes when the facts are drawn open, which is not the user's choice.
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== open) actions.inspector.setFacts(currentTarget.open)
      }}
    >
      <summary data-testid="facts">
        <span class="quiet">
          {visible(event.source)} · {event.level} · {(event.time / 1000).toFixed(3)} s
        </span>
      </summary>
      <dl class="facts">
        <dt>Cause</dt>
        <dd data-testid="cause">
          <Cause event={event} />
        </dd>
        {factsOf(event).map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
        {Object.entries(event.facets).map(([name, value]) => (
          <Fragment key={`facet:${name}`}>
            <dt>{visible(name)}</dt>
            <dd>
              <Facet term={{ key: 'facet', name, value }} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </details>
  )
}

function factsOf(event: EventDetail): [name: string, value: string][] {
  const { level, kind, size, originalBytes: whole, flags, take, via } = event
  const cut = whole === null ? '' : `, cut from ${whole < 0 ? 'more' : bytes(whole)}`
  const through = via ? ` through ${visible(via)}` : ''
  return [
    ['Source', visible(event.source)],
    ['Level', `${level}${kind === level ? '' : ` (${kind})`}`],
    ['Time', `${clock(event.wall)} · ${(event.time / 1000).toFixed(3)} s after the start`],
    ['Size', `${bytes(size)}${cut}`],
    ['Took', duration(event.duration) || 'below the clock’s grain'],
    ['Event', `#${event.seq} · n ${event.n} of ${visible(event.producerName)}${through}`],
    ['Id', event.id],
    ...(take ? [['Take', String(take)] as [string, string]] : []),
    ...(flags.length ? [['Marked', flags.join(', ')] as [string, string]] : []),
  ]
}

function Cause({ event }: { event: EventDetail }) {
  const { actions } = usePanel()
  const how = event.cause === -2 ? '' : ` · ${event.causeKind}`
  return (
    <>
      {event.cause >= 0 ? (
        <button
          type="button"
          class="link"
          data-testid="cause-link"
          onClick={() => actions.selection.select(event.cause, true)}
        >
          {visible(event.causeType ?? '')} #{event.cause}
        </button>
      ) : event.cause === -1 ? (
        `outside the log (${event.causeId ?? ''})`
      ) : event.flags.includes('input') ? (
        'none: it is an input'
      ) : (
        'unknown'
      )}
      {how}
      {event.moreCauses.map(({ id, kind, seq }) => (
        <span key={id}>
          {', also '}
          {seq >= 0 ? (
            <button type="button" class="link" onClick={() => actions.selection.select(seq, true)}>
              #{seq}
            </button>
          ) : (
            `${id} outside the log`
          )}
          {` · ${kind}`}
        </span>
      ))}
    </>
  )
}

function Facet({ term }: { term: EntityTerm }) {
  const { actions } = usePanel()
  return (
    <button
      type="button"
      class="link"
      title="Every event with this value"
      data-testid="facet-link"
      onClick={() => {
        actions.inspector.showEntity(term)
      }}
    >
      {visible(String(term.value))}
    </button>
  )
}
