import type { EntityTerm } from '@playhead/engine/contract/event'
import { signal } from '@preact/signals'
import { ROOT } from '../inspector/tree-payload'

export const TABS = ['Payload', 'Diff', 'Cause', 'Entity', 'Raw'] as const
export type Tab = (typeof TABS)[number]

/** What stays in the inspector while the user goes from event to event. */
export function createInspectorStore() {
  return {
    tab: signal<Tab>('Payload'),
    /** ids of the payload's lines that are open, and the line the keys are at. */
    open: signal<ReadonlySet<string>>(new Set([ROOT])),
    line: signal(ROOT),
    search: signal(''),
    /** The user opened or closed the facts above the payload; null: neither. */
    facts: signal<boolean | null>(null),
    /** Lines of the difference that are turned from how they stand at first; what its paths must have. */
    turned: signal<ReadonlySet<string>>(new Set()),
    diffPath: signal(''),
    /** The value whose events are shown; null: the event's first facet. */
    entity: signal<EntityTerm | null>(null),
    newestFirst: signal(false),
    /** Raw text: as it was recorded instead of indented; wrapped. */
    asRecorded: signal(false),
    wrap: signal(true),
  }
}

export type InspectorStore = ReturnType<typeof createInspectorStore>

/** As the user left them; else open where there is room. Asked when they are drawn: the window of a panel that starts may have no size. */
export function factsAreOpen({ facts }: InspectorStore): boolean {
  if (facts.value !== null) return facts.value
  const { innerWidth = 1000, innerHeight = 1000 } = globalThis
  // In a narrow panel the list takes half of the height, and the payload is what people came for.
  return innerHeight > (innerWidth > 700 ? 620 : 1100)
}
