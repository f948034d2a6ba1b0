import type { Completion } from '@playhead/shared/filter/complete'
import type { CompletionOption } from '@playhead/shared/filter/completion-option'
import { useEffect, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { CategoryIcon } from '../widgets/category-icon'
import { count, visible } from '../widgets/format'

/** Characters of an option that are shown. */
const LONGEST = 120

interface FilterOptionsProps {
  list: Completion
  open: boolean
  active: number
  /** More options are looked for among all events. */
  looking: boolean
  take: (option: CompletionOption) => void
}

/** The list below the filter box: what can stand at the caret. */
export function FilterOptions({ list: { options, hint }, open, active, looking, take }: FilterOptionsProps) {
  const { categories } = usePanel().store.timeline.known.value
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const notes = [
    options.length === 0 && hint,
    options.some(({ more }) => more) && '+: counted in some of the events, there may be more',
    looking && 'Looking through all events for what begins so…',
  ].filter(Boolean)
  return (
    <>
      <div
        ref={list}
        id="filter-options"
        role="listbox"
        aria-label="What can stand here"
        class="filter-options"
        hidden={!open || options.length === 0}
      >
        {open &&
          options.map((option, index) => (
            <div
              key={option.text}
              id={`filter-option-${index}`}
              role="option"
              tabIndex={-1}
              class={`filter-option ${option.sort}`}
              data-testid="filter-option"
              data-text={option.text}
              aria-selected={index === active}
              onMouseDown={event => event.preventDefault()}
              onClick={() => take(option)}
              onKeyDown={() => {}}
            >
              {option.does === 'type' && <CategoryIcon category={categories.of(option.label)} before />}
              <span class="name">{visible(option.label.slice(0, LONGEST))}</span>
              <small>{visible(option.does.slice(0, LONGEST))}</small>
              {option.count !== undefined && (
                <small
                  class="count"
                  {...(option.more && { title: 'Counted in some of the events: there may be more' })}
                >
                  {count(option.count)}
                  {option.more && '+'}
                </small>
              )}
            </div>
          ))}
      </div>
      {open && notes.length > 0 && (
        <p class="filter-hint quiet" data-testid="filter-note">
          {notes.join('. ')}
        </p>
      )}
    </>
  )
}
