import type { Extension } from '../api/types'
import { transport } from '../link/connector'

/** Builds the link to the panel in; without it the lean recorder loads it when a panel first offers itself. */
export function link(): Extension {
  return { kind: 'link', transport }
}
