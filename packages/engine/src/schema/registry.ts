import type { SchemaInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { SessionLog } from '../log/session-log'

/** Characters of all shapes of one session at most: they are told to the panel whole. */
export const MOST_SCHEMA_TEXT = 1 << 20

/** Takes in the shapes an app registered; the latest of a type counts. What finds no room is left out. */
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
