import { escapeKey } from '../values/tags'

/** The plainest writer of values/tags, without budgets: for tests, beside which every faster one is judged. */
export function taggedJson(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return '{"$ph":"undefined"}'
    case 'bigint':
      return `{"$ph":"bigint","v":"${value}"}`
    case 'number':
      if (Number.isFinite(value) && !Object.is(value, -0)) return JSON.stringify(value)
      return `{"$ph":"number","v":"${Object.is(value, -0) ? '-0' : value}"}`
    case 'object':
      return value === null ? 'null' : object(value)
    case 'string':
    case 'boolean':
      return JSON.stringify(value)
    default:
      throw new Error(`no text for a ${typeof value}`)
  }
}

function object(value: object): string {
  if (Array.isArray(value))
    return `[${Array.from(value, (item, i) => (i in value ? taggedJson(item) : '{"$ph":"hole"}')).join()}]`
  if (value instanceof Date)
    return `{"$ph":"date","v":${Number.isNaN(value.getTime()) ? null : JSON.stringify(value.toISOString())}}`
  if (value instanceof RegExp) return `{"$ph":"regexp","v":${JSON.stringify([value.source, value.flags])}}`
  if (value instanceof Map)
    return `{"$ph":"map","v":[${[...value].map(([key, item]) => `[${taggedJson(key)},${taggedJson(item)}]`).join()}]}`
  if (value instanceof Set) return `{"$ph":"set","v":[${[...value].map(taggedJson).join()}]}`
  if (ArrayBuffer.isView(value)) {
    return `{"$ph":"bytes","type":"${value.constructor.name}","v":[${Array.from(value as Uint8Array, taggedJson).join()}]}`
  }
  if (value instanceof Error) {
    const { name, message, stack } = value
    return `{"$ph":"error","name":${JSON.stringify(name)},"message":${JSON.stringify(message)},"stack":${JSON.stringify(stack)},"v":${members(value)}}`
  }
  return members(value)
}

function members(value: object): string {
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(escapeKey(key))}:${taggedJson(item)}`)
    .join()}}`
}
