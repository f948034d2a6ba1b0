import type { EntityTerm } from '@playhead/engine/contract/event'
import { signal } from '@preact/signals'
import type { ReadOnly } from './read-only'

/** Tabs of the inspector, in their order. `inspector/tabs.ts` has the component of each. */
export const TAB_NAMES = ['Payload', 'Diff', 'Cause', 'Entity', 'Raw'] as const
export type TabName = (typeof TAB_NAMES)[number]

/** id of the topmost line of a payload's tree. */
export const ROOT_LINE = '$'

/** What stays in the inspector while the user goes from event to event. */
export function createInspectorStore(size: number) {
  return {
    /** px of its width, or of its height where it stands below the list. */
    size: signal(size),
    tab: signal<TabName>('Payload'),
    /** ids of the payload's lines that are open, and the line the keys are at. */
    open: signal<ReadonlySet<string>>(new Set([ROOT_LINE])),
    line: signal(ROOT_LINE),
    search: signal(''),
    /** The user opened or closed the facts above the payload; null: neither. */
    facts: signal<boolean | null>(null),
    /** Lines of the difference that are turned from how they stand at first; what its paths must have. */
    turned: signal<ReadonlySet<string>>(new Set()),
    diffPath: signal(''),
    /** The value whose events are shown; null: the event's first facet. */
    entity: signal<EntityTerm | null>(null),
    newestFirst: signal(false),
    /** The raw text stands as it was recorded, not indented; its long lines are wrapped. */
    asRecorded: signal(false),
    wrap: signal(true),
  }
}

export type InspectorStore = ReturnType<typeof createInspectorStore>

/** As the user left them; else open where there is room. Asked when they are drawn: the window of a panel that starts may have no size. */
export function factsAreOpen({ facts }: ReadOnly<Pick<InspectorStore, 'facts'>>): boolean {
  if (facts.value !== null) return facts.value
  const { innerWidth = 1000, innerHeight = 1000 } = globalThis
  // In a narrow panel the list takes half of the height, and the payload is what people came for.
  return innerHeight > (innerWidth > 700 ? 620 : 1100)
}
