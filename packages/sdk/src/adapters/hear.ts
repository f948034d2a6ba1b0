import { listen } from '../page/natives'

/**
 * Listens to a target, before its other listeners where it lies above them, and as no task of the app's (page/unpatched). Returns a function that
 * stops.
 */
export function hear(target: EventTarget, type: string, listener: (event: Event) => void): () => void {
  try {
    return listen(target, type, listener as (event: never) => void, { capture: true, passive: true })
  } catch {
    // It is no target of the platform's: it only looks like one.
    target.addEventListener(type, listener, { capture: true, passive: true })
    return () => target.removeEventListener(type, listener, { capture: true })
  }
}
