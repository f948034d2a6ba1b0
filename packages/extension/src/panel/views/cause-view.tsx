import type { RelatedEvent } from '../../engine/contract'
import { count, visible } from '../model/format'
import { usePanel } from './context'

/** Why the selected event happened, up to its root, and what it brought about. */
export function CauseView() {
  const { store } = usePanel()
  const relations = store.relations.value
  const event = store.detail.value
  if (!relations || !event) return <p class="quiet">Loading…</p>
  const chain = [...relations.causes].reverse()
  return (
    <div class="causes" data-testid="causes">
      <h3>Causes</h3>
      {relations.outside && <p class="quiet">Its first cause is outside the log.</p>}
      {chain.length === 0 && !relations.outside && <p class="quiet">None: this is a root.</p>}
      <ol>
        {chain.map(cause => (
          <Related key={cause.seq} event={cause} from={event.time} />
        ))}
        <li class="here">
          {visible(event.type)} #{event.seq}
        </li>
      </ol>
      <h3>Effects</h3>
      {relations.effects.length === 0 && <p class="quiet">None recorded.</p>}
      <ol>
        {relations.effects.map(effect => (
          <Related key={effect.seq} event={effect} from={event.time} />
        ))}
      </ol>
      {relations.effectsTotal > relations.effects.length && (
        <p class="quiet">
          The newest {count(relations.effects.length)} of {count(relations.effectsTotal)}.
        </p>
      )}
    </div>
  )
}

function Related({ event, from }: { event: RelatedEvent; from: number }) {
  const { actions } = usePanel()
  const apart = event.time - from
  return (
    <li>
      <button type="button" class="link" data-testid="related" onClick={() => actions.select(event.seq, true)}>
        {visible(event.type)} #{event.seq}
      </button>
      <small class="quiet">
        {' '}
        {apart >= 0 ? '+' : '−'}
        {Math.abs(apart).toFixed(1)} ms {visible(event.summary.slice(0, 80))}
      </small>
    </li>
  )
}
