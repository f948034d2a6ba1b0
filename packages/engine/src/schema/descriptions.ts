import type { DescriptionInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { SessionLog } from '../log/session-log'

/**
 * Adds the descriptions that an app gave of its event types to the session. A later description of the same type or glob replaces the
 * earlier one. Descriptions past `Limits.descriptions` are left out.
 */
export function addDescriptions(log: SessionLog, types: readonly DescriptionInfo[]): void {
  if (types.length === 0) return
  const known = new Map(log.session.descriptions?.map(described => [described.type, described]))
  for (const described of types) {
    if (known.has(described.type) || known.size < Limits.descriptions) known.set(described.type, described)
  }
  log.session.descriptions = [...known.values()]
  log.infoDirty = true
}
