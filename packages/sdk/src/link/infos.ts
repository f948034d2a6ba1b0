import type { DescriptionInfo, SchemaInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { StandardSchema } from '../api/recorder'
import { stringify } from '../page/natives'
import type { Descriptions } from '../recorder/descriptions'
import type { Schemas } from '../recorder/schemas'

/** Makes what a panel is told of the schemas that the app registered. A shape is asked for when it is first told, and kept. */
export function schemaInfos({ known }: Schemas): SchemaInfo[] {
  return Array.from(known, ([type, about]) => {
    about.shape ??= shapeOf(about.schema)
    const { version, vendor, shape } = about
    return { type, version, vendor: vendor.slice(0, Limits.name), shape }
  })
}

/** Makes what a panel is told of the app's descriptions of its types. */
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
    // JSON Schema cannot express every shape: the panel shows none then.
    return ''
  }
}

function cut(text: unknown, most: number): string {
  return typeof text === 'string' ? text.slice(0, most) : ''
}
