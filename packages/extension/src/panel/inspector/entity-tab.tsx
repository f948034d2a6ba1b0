import type { EntityTerm, EventDetail } from '@playhead/engine/contract/event'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { count, duration } from '../widgets/format'
import { EntityRow } from './entity-row'
import { EntityRows, termFor } from './entity-rows'
import { choiceOf, entityChoices, sameTerm } from './entity-terms'
import { EntityTimeline } from './entity-timeline'
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
  const term = termFor(all, entity.value)
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
  const rows = useMemo(() => new EntityRows(), [])
  const line = useSignal(0)
  const reveal = useSignal(0)
  const wanted = `${event.seq} ${newestFirst.value}`
  const { value: answer, problem } = useAnswer(async () => {
    const page = { from: from.value, count: PAGE, newestFirst: newestFirst.value, of: event.seq }
    return { page: await engine.read.entity(session, term, event.take, page), to: wanted }
  }, [session, event.seq, event.take, newestFirst.value, from.value, growth])
  const value = answer?.page
  const of = `${session} ${event.take} ${newestFirst.value} ${newestFirst.value ? (value?.total ?? 0) : ''}`
  rows.turnTo(of)
  if (value) rows.put(value)

  const total = value?.total ?? 0
  const at = Math.min(line.value, Math.max(0, total - 1))
  const keys = useTreeKeys(
    { length: total, depthAt: () => 0, openAt: () => undefined, labelAt: index => rows.at(index)?.type ?? '' },
    at,
    {
      to: index => {
        line.value = index
        reveal.value++
      },
      open: () => {},
      act: index => {
        const one = rows.at(index)
        if (one) actions.selection.select(one.seq, true)
      },
    },
  )
  /** Which event was brought into view, in which order. */
  const revealed = useRef('')
  useEffect(() => {
    if (answer?.to !== wanted || !value || value.at < 0 || revealed.current === wanted) return
    revealed.current = wanted
    // A user whose keys walk through the list is where they want to be.
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
          from.value = rows.missingFrom(first, length) ?? from.value
        }}
        render={(index, top) => (
          <EntityRow
            key={index}
            index={index}
            top={top}
            event={rows.at(index)}
            first={value.firstTime}
            here={rows.at(index)?.seq === event.seq}
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
