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
    /** ids of the payload's lines that are open, and the id of the line that the keys act on. */
    open: signal<ReadonlySet<string>>(new Set([ROOT_LINE])),
    line: signal(ROOT_LINE),
    search: signal(''),
    /** Whether the user opened or closed the facts above the payload; null where they did neither. */
    facts: signal<boolean | null>(null),
    /** ids of the difference's lines that do not stand as at first, and the text that paths must hold to be shown. */
    turned: signal<ReadonlySet<string>>(new Set()),
    diffPath: signal(''),
    /** The value whose events are shown; null for the first one the event has. */
    entity: signal<EntityTerm | null>(null),
    newestFirst: signal(false),
    /** The raw text stands as it was recorded, not indented; its long lines are wrapped. */
    asRecorded: signal(false),
    wrap: signal(true),
  }
}

export type InspectorStore = ReturnType<typeof createInspectorStore>

/**
 * Says whether the facts above the payload are open: as the user left them, else where there is room. It is asked when they are drawn,
 * because the window of a panel that starts may have no size.
 */
export function factsAreOpen({ facts }: ReadOnly<Pick<InspectorStore, 'facts'>>): boolean {
  if (facts.value !== null) return facts.value
  const { innerWidth = 1000, innerHeight = 1000 } = globalThis
  // In a narrow panel the list takes half of the height, and what is left is for the payload.
  return innerHeight > (innerWidth > 700 ? 620 : 1100)
}
