/**
 * Fields of the browser's events that are worth keeping. The character that a key types is not among them: it may be part of a password.
 */
const FIELDS = ['button', 'clientX', 'clientY', 'deltaX', 'deltaY', 'pointerType', 'inputType'] as const

/**
 * Returns the `detail` of a CustomEvent, the `data` of a message, and of other events their own data properties and a few harmless fields.
 * Undefined where there is nothing.
 */
export function describeEvent(event: Event): unknown {
  if (event instanceof CustomEvent) return event.detail ?? undefined
  if (typeof MessageEvent === 'function' && event instanceof MessageEvent) return event.data
  const fields = ownFields(event)
  const record = event as unknown as Record<string, unknown>
  for (const name of FIELDS) {
    const value = record[name]
    if (typeof value === 'number' || typeof value === 'string') fields[name] = value
  }
  const { key } = record
  if (typeof key === 'string' && key.length > 1) fields.key = key
  const target = event.isTrusted ? nodeName(event.target) : undefined
  if (target) fields.target = target
  return Object.keys(fields).length ? fields : undefined
}

function ownFields(event: Event): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const name of Object.keys(event)) {
    const own = Object.getOwnPropertyDescriptor(event, name)
    if (own && 'value' in own && name !== '__proto__') fields[name] = own.value
  }
  return fields
}

function nodeName(target: unknown): string | undefined {
  if (typeof Element !== 'function' || !(target instanceof Element)) return undefined
  const classes = [...target.classList].slice(0, 3).map(name => `.${name}`)
  return `${target.localName}${target.id ? `#${target.id}` : ''}${classes.join('')}`
}
