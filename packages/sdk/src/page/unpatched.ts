/**
 * Finds the platform's own functions where a library replaced them before this module loaded. To zone.js, a test's clock and their like, each timer
 * and listener is a task of the app: the recorder's own would make Angular look for changes, and would wait for a clock that stands still.
 *
 *     zone.js               keeps the native function beside its own, under `__zone_symbol__…`
 *     timers                see page/timers
 *     clocks                `Performance.prototype.now` where only the instance was patched, else the time stamps of a new event and a new file
 *     methods of the DOM    an about:blank frame has them as they were; it is in the page for a moment, and only as a last resort
 */
export const sourceOf = Function.prototype.toString
const { apply } = Reflect
const world = globalThis as unknown as Record<string, Record<string, object>> & typeof globalThis

const zone = (world as { Zone?: { __symbol__?(name: string): string } }).Zone
const symbol = (name: string) => zone?.__symbol__?.(name) ?? `__zone_symbol__${name}`

/** Returns what `object` has as `name`, or what zone.js found there. */
export function nativeOf<O extends object, K extends keyof O & string>(object: O, name: K): O[K] {
  return ((object as Record<string, unknown>)[symbol(name)] as O[K] | undefined) ?? object[name]
}

function isNative(method: unknown, name: string): boolean {
  return new RegExp(`^(async )?function (get )?${name}\\(\\)\\s*\\{\\s*\\[native code\\]`).test(
    apply(sourceOf, method, []),
  )
}

type Methods = Record<string, (...args: never[]) => unknown>

/** Returns a method of a class of the platform's; undefined where there is no such class. */
export function nativeMethod(className: 'EventTarget' | 'MessagePort', name: string): Methods[string] | undefined {
  const methods = world[className]?.prototype as unknown as Methods | undefined
  if (!methods) return undefined
  const method = nativeOf(methods, name) as Methods[string]
  if (typeof document !== 'object' || isNative(method, name)) return method
  return (cleanRealm()?.[className]?.prototype as unknown as Methods | undefined)?.[name] ?? method
}

let realm: typeof world | null | undefined

/** Returns the globals of an empty document; null where none can be made. */
function cleanRealm(): typeof world | null {
  if (realm !== undefined) return realm
  realm = null
  try {
    const frame = document.createElement('iframe')
    frame.hidden = true
    document.documentElement.append(frame)
    const clean = frame.contentWindow as unknown as typeof world
    // Looked at while the frame is there: afterwards its window is empty.
    realm = { EventTarget: clean.EventTarget, MessagePort: clean.MessagePort } as unknown as typeof world
    frame.remove()
  } catch {
    // The page forbids frames: what was patched is used as it is.
  }
  return realm
}

const clock = globalThis.performance
const genuine = globalThis.Performance?.prototype.now
const isGenuine = (() => {
  try {
    apply(genuine, clock, [])
    return true
  } catch {
    return false
  }
})()

/** Returns the ms since the page began. */
export const realNow: () => number = isGenuine
  ? genuine.bind(clock)
  : globalThis.Event
    ? () => new Event('').timeStamp
    : (clock?.now.bind(clock) ?? Date.now)

const isDateNative = isNative(Date.now, 'now')

/** When the page began, in ms since 1970. A new file has the time at which it was made, which no test's clock changes. */
export const realOrigin: number = isGenuine
  ? clock.timeOrigin
  : (isDateNative || !globalThis.File ? Date.now() : new File([], '').lastModified) - realNow()

/** Returns the ms since 1970, as a whole number. */
export const realWall: () => number = isDateNative ? Date.now : () => Math.max(Math.round(realOrigin + realNow()), 0)
