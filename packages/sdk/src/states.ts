import { Limits } from '@playhead/shared/wire/limits'
import { Encoder } from './encoder/encoder'
import type { Keys } from './encoder/keys'
import { warnOnce } from './natives'
import type { StateAccess } from './types'

/** A keyframe must fit into one batch. */
const KEYFRAME_BYTES = Limits.batchBytes - 64 * 1024
const decoder = new TextDecoder()

/** The registered states of the app. */
export class States {
  private readonly known = new Map<string, StateAccess>()
  private encoder: Encoder | undefined

  constructor(private readonly keys: Keys) {}

  get names(): string[] {
    return [...this.known.keys()]
  }

  get(name: string): StateAccess | undefined {
    return this.known.get(name)
  }

  register(name: string, access: StateAccess): () => void {
    this.known.set(name, access)
    return () => {
      if (this.known.get(name) === access) this.known.delete(name)
    }
  }

  /** The state now, as tagged JSON text; undefined where the app's `get` throws. */
  text(name: string): string | undefined {
    const access = this.known.get(name)
    if (!access) return undefined
    try {
      const value = access.get()
      // Made late and let go again: a megabyte that few apps need for long.
      const encoder = (this.encoder ??= new Encoder(
        this.keys,
        { depth: 128, string: KEYFRAME_BYTES, entries: KEYFRAME_BYTES, total: KEYFRAME_BYTES },
        0,
        KEYFRAME_BYTES,
      ))
      encoder.pos = 0
      encoder.encode(value, 0)
      if (encoder.originalBytes !== 0) warnOnce(`state "${name}" does not fit into a keyframe and was cut`)
      return decoder.decode(encoder.buf.subarray(0, encoder.pos))
    } catch (error) {
      warnOnce(`get() of state "${name}" threw; no keyframe was made`, error)
      return undefined
    }
  }
}
