import { Limits } from '@playhead/shared/wire/limits'

/** An artifact as the app gave it, and the moment of the call. */
export interface GivenArtifact {
  name: string
  data: unknown
  /** The media type that the app named; anything else where it named none. */
  type: unknown
  /** When it was given, in ms on the producer's clock, and the number of the last event before that. */
  time: number
  afterN: number
}

/**
 * Copies bytes, because the app may change them right after the call. More bytes than an artifact may have are not copied: nobody keeps
 * them.
 */
export function copied(data: unknown): unknown {
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data
  return bytes instanceof Uint8Array && bytes.length <= Limits.artifactBytes ? new Uint8Array(bytes) : bytes
}
