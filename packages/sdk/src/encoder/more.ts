import type { Encoder } from './encoder'

/** Writes one kind of object that plain JSON does not know. Throws where the value is not what its prototype says. */
export type Writer = (to: Encoder, value: never, depth: number) => void

/** What an own accessor of an object stands for. */
export interface Held {
  value: unknown
}

/** Writes payloads breadth first (values/breadth.ts), and hosts in outline (values/hosts.ts). */
export interface Breadth {
  properties(to: Encoder, object: object, depth: number): number
  array(to: Encoder, array: readonly unknown[], length: number, depth: number): void
  isHost(prototype: object): boolean
  /** Remembers that instances of this one's class are hosts. */
  condemn(instance: object): void
  writeHost(to: Encoder, object: object): void
  /** Writes an array that misses many elements from `at` on in place of the list begun at `start`; false where it misses few. */
  sparse(to: Encoder, array: readonly unknown[], length: number, at: number, depth: number, start: number): boolean
}

/**
 * What the encoder knows beyond the language's own values: `values()` puts it in place, so that the smallest bundle does without. It is
 * the same for all recorders of a page.
 */
export interface MoreValues {
  /** Returns the writer for objects with this prototype, of which `value` is one; undefined where it is an unknown class. May throw what a Proxy throws. */
  classify?(prototype: object, value: object): Writer | undefined
  /** Returns the writer for a function that is a value of a library (a signal); undefined for all others. */
  functionWriter?(value: object): Writer | undefined
  /** Writes what a proxy hides that answers `__v_raw` and is not Vue's; false where nothing is known of it. */
  replace?(to: Encoder, object: object, depth: number): boolean
  /** Writes what does not fit, and what mentions hosts. */
  breadth?: Breadth
  /** Judges a long payload that was just written in `took` ms, and shortens the next ones of its type where it must. */
  strain?(to: Encoder, type: string, took: number): void
  /** Returns what a library keeps behind its own accessor; undefined for the app's accessors, which are never called. */
  behind?(to: Encoder, object: object, own: PropertyDescriptor): Held | undefined
}

export const more: MoreValues = {}
