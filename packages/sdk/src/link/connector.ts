import type { Core } from '../recorder/internals'
import { connectionOwner } from './connected-recorder'
import { Connection } from './connection'

/**
 * Everything that is needed once somebody listens, and not before: the lean SDK loads it then. Imported by the entries only; the
 * recorder knows its type.
 */
export const transport = {
  connect: (core: Core): Connection => new Connection(connectionOwner(core)),
}
export type Transport = typeof transport
