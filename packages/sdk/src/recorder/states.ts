import { Limits } from '@playhead/shared/wire/limits'
import type { RecorderOptions, Transform } from '../api/options'
import type { StateAccess } from '../api/recorder'
import { Encoder } from '../encoder/encoder'
import type { Keys } from '../encoder/keys'
import { warnOnce } from '../page/natives'

/**
 * States of up to so many bytes are written into memory that is kept; larger ones into a block of the largest size, which is let go again.
 */
const USUAL_BYTES = 1 << 20
const decoder = new TextDecoder()

/** The states that the app registered. */
export class States {
  private readonly known = new Map<string, StateAccess>()
  private usual: Encoder | undefined

  constructor(
    private readonly keys: Keys,
    private readonly transforms: readonly Transform[] = [],
    private readonly untracked: NonNullable<RecorderOptions['untracked']> = read => read(),
  ) {}

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

  /** Returns the state as it is now, as tagged JSON text; undefined where the app's `get` throws. */
  text(name: string): string | undefined {
    const access = this.known.get(name)
    if (!access) return undefined
    try {
      return this.untracked(() => this.encoded(name, access))
    } catch (error) {
      warnOnce(`get() of state "${name}" threw; no keyframe was made`, error)
      return undefined
    }
  }

  private encoded(name: string, access: StateAccess): string {
    const value = access.get()
    let encoder = (this.usual ??= this.encoderOf(USUAL_BYTES))
    write(encoder, value)
    if (encoder.originalBytes !== 0) {
      encoder = this.encoderOf(Limits.keyframeBytes)
      write(encoder, value)
      if (encoder.originalBytes !== 0) warnOnce(`state "${name}" does not fit into a keyframe and was cut`)
    }
    return decoder.decode(encoder.buf.subarray(0, encoder.pos))
  }

  private encoderOf(total: number): Encoder {
    return new Encoder(
      this.keys,
      { depth: 128, string: total, entries: total, total, host: 0 },
      0,
      total,
      this.transforms,
    )
  }
}

function write(encoder: Encoder, value: unknown): void {
  encoder.pos = 0
  encoder.encode(value, 0)
}
