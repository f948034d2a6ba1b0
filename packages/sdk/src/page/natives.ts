/**
 * The platform's functions as they were when this module loaded, or as they were before a library patched them (page/unpatched). The page may
 * patch them later, and its patches must neither see nor change what the recorder does. What a platform lacks (`window` in Node, the DOM in a
 * worker) is undefined.
 */
import { nativeMethod, nativeOf, realNow, realOrigin, realWall } from './unpatched'

export const apply = Reflect.apply
export const getOwn = Object.getOwnPropertyDescriptor
export const getPrototype = Object.getPrototypeOf
export const isArray = Array.isArray
export const stringify = JSON.stringify
export const parse = JSON.parse

export type Scope = Partial<Window> & typeof globalThis
export const scope = globalThis as Scope

/** Returns the ms since `timeOrigin`, as fine as the platform tells them. */
export const now: () => number = realNow
/** Returns the ms since 1970. */
export const wall: () => number = realWall
export const timeOrigin: number = realOrigin

/** The window; undefined in a context without a document. */
export const page: (Window & typeof globalThis) | undefined =
  typeof window === 'object' && typeof document === 'object' ? window : undefined

const addListener = nativeMethod('EventTarget', 'addEventListener')
const removeListener = nativeMethod('EventTarget', 'removeEventListener')
const dispatch = nativeMethod('EventTarget', 'dispatchEvent')

/** Adds a listener; returns a function that removes it. */
export function listen(
  target: EventTarget,
  type: string,
  listener: (event: never) => void,
  options: boolean | AddEventListenerOptions = false,
): () => void {
  apply(addListener as never, target, [type, listener, options])
  return () => apply(removeListener as never, target, [type, listener, options])
}

const CustomEventClass = globalThis.CustomEvent

export function dispatchCustom(target: EventTarget, type: string, detail: unknown): void {
  apply(dispatch as never, target, [new CustomEventClass(type, { detail })])
}

const portPost = nativeMethod('MessagePort', 'postMessage')

export function postToPort(port: MessagePort, message: unknown, transfer: Transferable[]): void {
  apply(portPost as never, port, [message, transfer])
}

export const createChannel = (): MessageChannel => new MessageChannelClass()
const MessageChannelClass = nativeOf(globalThis, 'MessageChannel')

/** `then` of the platform's own promises. */
export const promiseThen = nativeOf(nativeOf(globalThis, 'Promise').prototype, 'then')

export const subtle = globalThis.crypto?.subtle
export const sha256 = subtle?.digest

const warned = new Set<string>()
const warnNative = globalThis.console?.warn?.bind(globalThis.console)

/** Prints `message` on the console, once for each text and a hundred texts at most. */
export function warnOnce(message: string, error?: unknown): void {
  if (warned.has(message) || warned.size > 100) return
  warned.add(message)
  try {
    if (error === undefined) warnNative?.(`Playhead: ${message}`)
    else warnNative?.(`Playhead: ${message}`, error)
  } catch {
    // The page replaced the console by one that throws: there is nowhere to say it.
  }
}
