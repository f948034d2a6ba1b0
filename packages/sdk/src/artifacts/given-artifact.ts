import { Limits } from '@playhead/shared/wire/limits'

/** An artifact as the app gave it, and when. */
export interface GivenArtifact {
  name: string
  data: unknown
  /** Media type, where the app named one. */
  type: unknown
  /** ms on the producer's clock, and the last event before it. */
  time: number
  afterN: number
}

/** Bytes are copied now, the app may change them right after; those that are too many are not copied to be thrown away. */
export function copied(data: unknown): unknown {
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data
  return bytes instanceof Uint8Array && bytes.length <= Limits.artifactBytes ? new Uint8Array(bytes) : bytes
}
