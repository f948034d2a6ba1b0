import type { DescriptionInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { SessionLog } from '../log/session-log'

/** Takes in what an app says of its types; the latest on a type or glob counts. What finds no room is left out. */
export function addDescriptions(log: SessionLog, types: readonly DescriptionInfo[]): void {
  if (types.length === 0) return
  const known = new Map(log.session.descriptions?.map(described => [described.type, described]))
  for (const described of types) {
    if (known.has(described.type) || known.size < Limits.descriptions) known.set(described.type, described)
  }
  log.session.descriptions = [...known.values()]
  log.infoDirty = true
}
