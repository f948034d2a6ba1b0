import { Limits } from '@playhead/shared/wire/limits'
import type { StandardSchema } from '../api/recorder'
import type { NameRegistry } from '../journal/name-registry'
import { warnOnce } from '../page/natives'

/** The schema that the app registered for one type. link/infos makes what a panel is told of it. */
export interface KnownSchema {
  version: string
  vendor: string
  schema: StandardSchema
  /** The shape as JSON Schema text; undefined until a panel is first told of it. */
  shape: string | undefined
}

/** The schemas that the app registered, by type. */
export class Schemas {
  readonly known = new Map<string, KnownSchema>()

  constructor(private readonly types: NameRegistry) {}

  /** Registers a schema and returns a function that takes it out again; undefined where there is no room. */
  add(given: string, schema: StandardSchema, version: string): (() => void) | undefined {
    const type = given.slice(0, Limits.name)
    const name = this.types.of(type)
    if (name === this.types.other || (this.known.size >= Limits.schemas && !this.known.has(type))) return undefined
    const { vendor } = schema['~standard']
    const fits = (payload: unknown) => valid(schema, payload, type)
    this.known.set(type, { version, vendor: String(vendor), schema, shape: undefined })
    name.fits = fits
    return () => {
      if (name.fits !== fits) return
      delete name.fits
      this.known.delete(type)
    }
  }
}

/**
 * Whether a payload fits. What cannot be judged here and now counts as fitting: a schema that throws or is asynchronous must not mark
 * events.
 */
function valid(schema: StandardSchema, payload: unknown, type: string): boolean {
  try {
    const result = schema['~standard'].validate(payload) as { issues?: unknown; then?: unknown } | undefined
    if (typeof result?.then === 'function') {
      warnOnce(`the schema of ${type} validates asynchronously and is not used`)
      return true
    }
    return result?.issues === undefined
  } catch (error) {
    warnOnce(`the schema of ${type} threw`, error)
    return true
  }
}
