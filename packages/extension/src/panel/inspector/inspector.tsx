import { useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { TAB_NAMES, type TabName } from '../state/inspector-store'
import { visible } from '../widgets/format'
import { HiddenNote } from './hidden-note'
import { TABS } from './tabs'

export function Inspector() {
  const { store, actions } = usePanel()
  const { tab } = store.inspector
  const event = store.detail.value
  const { component: Shown } = TABS[tab.value]
  return (
    <section class="inspector" data-testid="inspector" aria-label="Event" data-seq={event?.seq ?? -1}>
      <div class="tabs">
        <Tabs />
        <span class="spring" />
        <button
          type="button"
          class="icon"
          aria-label="Close"
          data-testid="inspector-close"
          onClick={() => actions.selection.select(-1)}
        >
          ✕
        </button>
      </div>
      <div class="detail" role="tabpanel" id="inspector-panel" aria-labelledby={`inspector-tab-${tab.value}`}>
        {event ? (
          <>
            <h2>
              {visible(event.type)} <small class="quiet">#{event.seq}</small>
            </h2>
            <HiddenNote seq={event.seq} />
            <Shown event={event} />
          </>
        ) : (
          <p class="body quiet" data-testid="inspector-empty">
            {store.gone.value ? 'This event is no longer in the log.' : 'Loading…'}
          </p>
        )}
      </div>
    </section>
  )
}

/** The names of the tabs; the arrow keys go from one to the next. */
function Tabs() {
  const { store, actions } = usePanel()
  const { tab } = store.inspector
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = TAB_NAMES.indexOf(tab.value)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TAB_NAMES.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    actions.inspector.showTab(TAB_NAMES[(to + TAB_NAMES.length) % TAB_NAMES.length] as TabName)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[TAB_NAMES.indexOf(tab.value)]?.focus()
  }
  return (
    <div ref={list} class="tablist" role="tablist" aria-label="What to show of the event" onKeyDown={onKeyDown}>
      {TAB_NAMES.map(name => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`inspector-tab-${name}`}
          aria-selected={tab.value === name}
          aria-controls="inspector-panel"
          tabIndex={tab.value === name ? 0 : -1}
          data-testid={`tab-${name.toLowerCase()}`}
          onClick={() => actions.inspector.showTab(name)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
