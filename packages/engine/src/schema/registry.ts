import type { SchemaInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { SessionLog } from '../log/session-log'

/** Characters that the shapes of one session may have together. They are bounded because the panel gets all of them in one message. */
export const MOST_SCHEMA_TEXT = 1 << 20

/**
 * Adds the payload shapes that an app registered to the session. A later shape of the same type replaces the earlier one. Shapes past
 * `MOST_SCHEMA_TEXT` characters or `Limits.schemas` types are left out.
 */
export function addSchemas(log: SessionLog, schemas: readonly SchemaInfo[]): void {
  if (schemas.length === 0) return
  const known = new Map(log.session.schemas?.map(schema => [schema.type, schema]))
  let text = 0
  for (const { shape } of known.values()) text += shape.length
  for (const schema of schemas) {
    const before = known.get(schema.type)
    const grown = text - (before?.shape.length ?? 0) + schema.shape.length
    if (grown > MOST_SCHEMA_TEXT || (!before && known.size >= Limits.schemas)) continue
    text = grown
    known.set(schema.type, schema)
  }
  log.session.schemas = [...known.values()]
  log.infoDirty = true
}
