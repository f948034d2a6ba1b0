import type { LinkExtension } from '../api/extensions'
import { connector } from '../link/connector'
import { asExtension } from '../recorder/extensions'

/** Builds the link to the panel in; without it the lean recorder loads it when a panel first offers itself. */
export function link(): LinkExtension {
  return asExtension({ kind: 'link', connector })
}
