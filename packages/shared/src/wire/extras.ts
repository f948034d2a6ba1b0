import type { EventExtras } from './columns'

/** Nothing besides columns. */
export function noExtras(): EventExtras {
  return { facets: [], moreCauses: [], patches: [], foreignIds: [], artifacts: [], originalSizes: [], unknown: [] }
}

/** The lists themselves, not copies of them. */
export function extrasOf(events: EventExtras): EventExtras {
  const { facets, moreCauses, patches, foreignIds, artifacts, originalSizes, unknown } = events
  return { facets, moreCauses, patches, foreignIds, artifacts, originalSizes, unknown }
}
