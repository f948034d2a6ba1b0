import type { EntityTerm, EventDetail, RelatedEvent } from '@playhead/engine/contract/event'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { CategoryIcon } from '../widgets/category-icon'
import { count, duration, summaryText, visible } from '../widgets/format'
import { choiceOf, entityChoices, sameName, sameTerm } from './entity-terms'
import { EntityTimeline } from './entity-timeline'
import { timeApart } from './time-apart'
import { useAnswer, useGrowth } from './use-answer'
import { useTreeKeys } from './use-tree-keys'
import { VirtualList } from './virtual-list'

const PAGE = 200

/** Every event that has one value in common with this one: over time, and as a list. */
export function EntityTab({ event }: { event: EventDetail }) {
  const { store, actions } = usePanel()
  const { entity } = store.inspector
  const choices = entityChoices(event)
  const all = [...choices.facets, ...choices.payload]
  // The same facet of this event; one that it lacks stays as it was.
  const term =
    all.find(choice => entity.value && sameName(entity.value, choice.term))?.term ?? entity.value ?? all[0]?.term
  if (!term) {
    return (
      <p class="body quiet" data-testid="entity-none">
        This event has no facet and no plain value that others could share. Name facets in the recorder:{' '}
        <code>facets: ['orderId']</code>.
      </p>
    )
  }
  const own = all.some(choice => sameTerm(term, choice.term))
  const chosen = JSON.stringify(term)
  const option = ({ name, term: one }: { name: string; term: EntityTerm }) => (
    <option key={JSON.stringify(one)} value={JSON.stringify(one)}>
      {name}
    </option>
  )
  return (
    <>
      <div class="bar">
        <select
          value={chosen}
          aria-label="Value in common"
          data-testid="entity-choice"
          onChange={({ currentTarget }) => {
            const found = all.find(choice => JSON.stringify(choice.term) === currentTarget.value)
            actions.inspector.chooseEntity(found?.term ?? term)
          }}
        >
          {!own && <optgroup label="Shown now">{option(choiceOf(term))}</optgroup>}
          {choices.facets.length > 0 && <optgroup label="Facets">{choices.facets.map(option)}</optgroup>}
          {choices.payload.length > 0 && <optgroup label="Payload">{choices.payload.map(option)}</optgroup>}
        </select>
        <FilterButton term={term} />
      </div>
      <Entity key={chosen} term={term} event={event} />
    </>
  )
}

function FilterButton({ term }: { term: EntityTerm }) {
  const { actions } = usePanel()
  return (
    <button
      type="button"
      title="Show only these events in the table"
      data-testid="entity-filter"
      onClick={() => actions.filter.add({ any: [{ ...term, op: '=' }] })}
    >
      Filter
    </button>
  )
}

function Entity({ term, event }: { term: EntityTerm; event: EventDetail }) {
  const { store, engine, actions } = usePanel()
  const { newestFirst } = store.inspector
  const session = store.shown.value?.id ?? ''
  const { status } = store
  const live = status.value?.session?.id === session
  const growth = useGrowth(live ? (status.value?.lastSeq ?? -1) : -1, 1000)
  const from = useSignal(0)
  const pages = useRef({ of: '', rows: new Map<number, RelatedEvent>() })
  const line = useSignal(0)
  const reveal = useSignal(0)
  const wanted = `${event.seq} ${newestFirst.value}`
  const { value: answer, problem } = useAnswer(async () => {
    const page = { from: from.value, count: PAGE, newestFirst: newestFirst.value, of: event.seq }
    return { page: await engine.read.entity(session, term, event.take, page), to: wanted }
  }, [session, event.seq, event.take, newestFirst.value, from.value, growth])
  const value = answer?.page
  const of = `${session} ${event.take} ${newestFirst.value} ${newestFirst.value ? (value?.total ?? 0) : ''}`
  if (pages.current.of !== of) pages.current = { of, rows: new Map() }
  const { rows } = pages.current
  if (value) for (const [i, one] of value.events.entries()) rows.set(value.from + i, one)

  const total = value?.total ?? 0
  const at = Math.min(line.value, Math.max(0, total - 1))
  const keys = useTreeKeys(
    { length: total, depthAt: () => 0, openAt: () => undefined, labelAt: index => rows.get(index)?.type ?? '' },
    at,
    {
      to: index => {
        line.value = index
        reveal.value++
      },
      open: () => {},
      act: index => {
        const one = rows.get(index)
        if (one) actions.selection.select(one.seq, true)
      },
    },
  )
  /** Which event was brought into view, in which order. */
  const revealed = useRef('')
  useEffect(() => {
    if (answer?.to !== wanted || !value || value.at < 0 || revealed.current === wanted) return
    revealed.current = wanted
    // Whoever walks through the list is where they want to be.
    if (keys.box.current?.contains(document.activeElement)) return
    line.value = value.at
    reveal.value++
  }, [answer, wanted])
  if (problem) return <p class="body bad">{problem}</p>
  if (!value) return <p class="body quiet">Looking for them…</p>
  return (
    <>
      <EntityTimeline page={value} time={event.time} />
      <div class="bar folds">
        <span data-testid="entity-total" data-value={total}>
          {count(total)} {total === 1 ? 'event' : 'events'}
          {total > 1 && <span class="quiet"> over {duration(value.lastTime - value.firstTime) || 'no time'}</span>}
        </span>
        <span class="spring" />
        <button
          type="button"
          data-testid="entity-order"
          onClick={() => {
            actions.inspector.turnOrder()
            from.value = 0
          }}
        >
          {newestFirst.value ? 'Newest first ↓' : 'Oldest first ↑'}
        </button>
      </div>
      <VirtualList
        box={keys.box}
        role="listbox"
        aria-label={`Events with ${choiceOf(term).name}`}
        data-testid="entity"
        data-own-keys=""
        onKeyDown={keys.onKeyDown}
        total={total}
        kept={at}
        reveal={{ index: reveal.value > 0 ? at : -1, at: reveal.value }}
        onWindow={(first, length) => {
          const missing = Array.from({ length }, (_, i) => first + i).find(index => !rows.has(index))
          if (missing !== undefined) from.value = Math.max(0, missing - 20)
        }}
        render={(index, top) => (
          <Row
            key={index}
            index={index}
            top={top}
            event={rows.get(index)}
            first={value.firstTime}
            here={rows.get(index)?.seq === event.seq}
            current={index === at}
            total={total}
            onPick={seq => {
              line.value = index
              actions.selection.select(seq, true)
            }}
          />
        )}
      />
    </>
  )
}

interface RowProps {
  index: number
  top: number
  event: RelatedEvent | undefined
  /** Session time of the entity's first event. */
  first: number
  here: boolean
  current: boolean
  total: number
  onPick: (seq: number) => void
}

function Row({ index, top, event, first, here, current, total, onPick }: RowProps) {
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
