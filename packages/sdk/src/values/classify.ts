import type { Writer } from '../encoder/more'
import { className, inherited } from '../encoder/safe-read'
import { tagOf } from './brand'
import { writeDomEvent } from './dom-event'
import { libraryWriter } from './libraries'
import { writeNode } from './node'
import { boxedWriter, platformWriter } from './platform'

/**
 * Returns the writer of a class's instances by what the class calls itself; undefined where it is one of the app's own:
 *
 *     marks of a library        __v_isRef, isMobXObservableMap, $isDayjsObject, …   libraries.ts
 *     an accessor nodeName                                                          node.ts
 *     Symbol.toStringTag        ends with `Event`                                   dom-event.ts
 *                               File, URL, Headers, Temporal.PlainDate, …           platform.ts
 */
export function classify(prototype: object, value: object): Writer | undefined {
  const library = libraryWriter(prototype, value)
  if (library !== undefined) return library
  const tag = tagOf(prototype)
  if (tag === '') return boxedWriter(className(prototype))
  if (inherited(prototype, 'nodeName')?.get !== undefined) return writeNode
  if (tag.endsWith('Event') && inherited(prototype, 'timeStamp')?.get !== undefined) return writeDomEvent
  return boxedWriter(tag) ?? platformWriter(prototype, tag)
}
