import type { RelatedEvent } from '@playhead/engine/contract/event'
import { usePanel } from '../state/context'
import { CategoryIcon } from '../widgets/category-icon'
import { summaryText, visible } from '../widgets/format'
import { timeApart } from './time-apart'

interface EntityRowProps {
  index: number
  /** px from the upper edge of what is in view. */
  top: number
  event: RelatedEvent | undefined
  /** Session time of the entity's first event, in ms. */
  first: number
  /** The row is the event that is inspected. */
  here: boolean
  /** The keys act on this row, which Tab reaches. */
  current: boolean
  total: number
  onPick: (seq: number) => void
}

/** One event of an entity; empty while it is being read. */
export function EntityRow({ index, top, event, first, here, current, total, onPick }: EntityRowProps) {
  const { categories } = usePanel().store.timeline.known.value
  return (
    <div
      class={`cause-row${here ? ' here' : ''}${current ? ' current' : ''}`}
      style={{ top: `${top}px` }}
      role="option"
      aria-posinset={index + 1}
      aria-setsize={total}
      aria-selected={here}
      aria-current={here ? 'true' : undefined}
      aria-label={event ? undefined : 'An event that is being read'}
      tabIndex={current ? 0 : -1}
      data-line={index}
      data-testid="entity-row"
      data-seq={event?.seq}
      onClick={() => event && onPick(event.seq)}
    >
      {event && (
        <>
          <CategoryIcon category={categories.of(event.type)} before />
          <span class="name">{visible(event.type)}</span>
          <span class="quiet number">#{event.seq}</span>
          <span class="summary quiet">{summaryText(event.summary)}</span>
          <span class="edge" title="After the first of them">
            {timeApart(event.time - first)}
          </span>
        </>
      )}
    </div>
  )
}
