import type { SchemaInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { Names } from './names'
import { stringify, warnOnce } from './natives'
import type { StandardSchema } from './types'

/** The shapes the app registered. */
export class Schemas {
  private readonly known = new Map<string, SchemaInfo>()

  constructor(private readonly types: Names) {}

  list(): SchemaInfo[] {
    return [...this.known.values()]
  }

  /** Returns unregister, or undefined where there is no room. */
  add(given: string, schema: StandardSchema, version: string): (() => void) | undefined {
    const type = given.slice(0, Limits.name)
    const name = this.types.of(type)
    if (name === this.types.other || (this.known.size >= Limits.schemas && !this.known.has(type))) return undefined
    const { vendor } = schema['~standard']
    const info = { type, version, vendor: String(vendor).slice(0, Limits.name), shape: shapeOf(schema) }
    const fits = (payload: unknown) => valid(schema, payload, type)
    this.known.set(type, info)
    name.fits = fits
    return () => {
      if (name.fits !== fits) return
      delete name.fits
      this.known.delete(type)
    }
  }
}

/** What cannot be judged here and now fits: a schema that throws or takes its time must not mark events. */
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

function shapeOf(schema: StandardSchema): string {
  try {
    const { jsonSchema } = schema['~standard'] as { jsonSchema?: { input?: (options: unknown) => unknown } }
    const shape = stringify(jsonSchema?.input?.({ target: 'draft-2020-12' })) ?? ''
    return shape.length > Limits.schema ? '' : shape
  } catch {
    // A shape that JSON Schema cannot say.
    return ''
  }
}
