import type { EventExtras } from './columns'

/** Makes the extras of events that have columns only. */
export function noExtras(): EventExtras {
  return { facets: [], moreCauses: [], patches: [], foreignIds: [], artifacts: [], originalSizes: [], unknown: [] }
}

/** Picks the extras out of an object that has more. The lists are not copied. */
export function extrasOf(events: EventExtras): EventExtras {
  const { facets, moreCauses, patches, foreignIds, artifacts, originalSizes, unknown } = events
  return { facets, moreCauses, patches, foreignIds, artifacts, originalSizes, unknown }
}
