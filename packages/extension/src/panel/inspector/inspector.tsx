import type { EventDetail } from '@playhead/engine/contract/event'
import { useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { TABS, type Tab } from '../state/inspector-store'
import { visible } from '../widgets/format'
import { CauseView } from './cause-tab'
import { DiffTab } from './diff-tab'
import { EntityView } from './entity-tab'
import { HiddenNote } from './hidden-note'
import { PayloadView } from './payload-tab'
import { RawView } from './raw-tab'

export function Inspector() {
  const { store, actions } = usePanel()
  const { tab } = store.inspector
  const event = store.detail.value
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
          onClick={() => actions.select(-1)}
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
            <Shown tab={tab.value} event={event} />
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

function Shown({ tab, event }: { tab: Tab; event: EventDetail }) {
  switch (tab) {
    case 'Payload':
      return <PayloadView seq={event.seq} payload={event.payload} />
    case 'Diff':
      return <DiffTab event={event} />
    case 'Cause':
      return <CauseView event={event} />
    case 'Entity':
      return <EntityView event={event} />
    case 'Raw':
      return <RawView payload={event.payload} />
  }
}

/** Arrows go from tab to tab. */
function Tabs() {
  const { tab } = usePanel().store.inspector
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = TABS.indexOf(tab.value)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    tab.value = TABS[(to + TABS.length) % TABS.length] as Tab
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[TABS.indexOf(tab.value)]?.focus()
  }
  return (
    <div ref={list} class="tablist" role="tablist" aria-label="What to show of the event" onKeyDown={onKeyDown}>
      {TABS.map(name => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`inspector-tab-${name}`}
          aria-selected={tab.value === name}
          aria-controls="inspector-panel"
          tabIndex={tab.value === name ? 0 : -1}
          data-testid={`tab-${name.toLowerCase()}`}
          onClick={() => (tab.value = name)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
