import { openInstance } from '../encoder/marks'
import type { Writer } from '../encoder/more'
import { inherited } from '../encoder/safe-read'
import { getOwn } from '../page/natives'
import { tagOf } from './brand'

/**
 * Fields of the browser's events that are worth keeping. What a key types and what stands in a field are not among them: they may be part
 * of a password.
 */
const FIELDS = (
  'type detail data button buttons clientX clientY deltaX deltaY pointerType pointerId inputType touches key ' +
  'altKey ctrlKey metaKey shiftKey repeat loaded total lengthComputable message filename lineno colno error reason code wasClean ' +
  'persisted newURL oldURL state propertyName animationName elapsedTime lastEventId origin defaultPrevented target'
).split(' ')
/** Fields that say something only where they are not false, zero, empty or null. */
const ONLY_IF = /Key$|repeat|defaultPrevented|persisted|detail|buttons|lastEventId|origin|error|state/

/** Writes a DOM event with the fields that it has. */
export const writeDomEvent: Writer = (to, event: Event, depth) => {
  const fields: Record<string, unknown> = Object.create(null)
  for (const name of FIELDS) {
    const field = inherited(event, name)
    if (field?.get === undefined && field?.value === undefined) continue
    const value = field.get ? (field.get.call(event) as unknown) : field.value
    if (value === undefined || (ONLY_IF.test(name) && !value)) continue
    if (isTyped(event, name, value)) continue
    fields[name] = value
  }
  for (const key in event) {
    const own = getOwn(event, key)
    if (own !== undefined && 'value' in own) fields[key] = own.value
  }
  openInstance(to, tagOf(event))
  to.value(fields, depth + 1)
  to.ascii('}')
}

/** Whether a field says which character was typed. */
function isTyped(event: object, name: string, value: unknown): boolean {
  if (name === 'key') return typeof value !== 'string' || value.length < 2
  if (name === 'code') return typeof value !== 'number'
  return name === 'data' && inherited(event, 'inputType') !== undefined
}
