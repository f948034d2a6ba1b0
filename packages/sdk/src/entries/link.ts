import { transport } from '../link/transport'
import type { Extension } from '../types'

/** Builds the link to the panel in; without it the lean recorder loads it when a panel first offers itself. */
export function link(): Extension {
  return { kind: 'link', transport }
}
