import type { DescriptionInfo, SchemaInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { StandardSchema } from '../api/recorder'
import { stringify } from '../page/natives'
import type { Descriptions } from '../recorder/descriptions'
import type { Schemas } from '../recorder/schemas'

/** What a panel is told of the shapes that the app registered. */
export function schemaInfos({ known }: Schemas): SchemaInfo[] {
  return Array.from(known, ([type, about]) => {
    about.shape ??= shapeOf(about.schema)
    const { version, vendor, shape } = about
    return { type, version, vendor: vendor.slice(0, Limits.name), shape }
  })
}

/** What a panel is told of what the app said of its types. */
export function descriptionInfos({ known }: Descriptions): DescriptionInfo[] {
  return Array.from(known, ([type, { category, description }]) => ({
    type,
    category: cut(category, Limits.name),
    description: cut(description, Limits.description),
  }))
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

function cut(text: unknown, most: number): string {
  return typeof text === 'string' ? text.slice(0, most) : ''
}
