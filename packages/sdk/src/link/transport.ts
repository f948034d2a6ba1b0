import type { Core } from '../core'
import { Connection } from './connection'
import { connectionOwner } from './owner'

/**
 * Everything that is needed once somebody listens, and not before: the lean SDK loads it then. Imported by the entries only; the
 * recorder knows its type.
 */
export const transport = {
  connect: (core: Core): Connection => new Connection(connectionOwner(core)),
}
export type Transport = typeof transport
