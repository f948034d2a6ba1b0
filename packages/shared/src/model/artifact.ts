import type { Mark, SessionInfo } from './session'

/** What a mark of kind `artifact` says. The artifact's bytes are kept apart from the log, under `ref`. */
export interface Artifact {
  /** Session time in ms. */
  time: number
  name: string
  /** SHA-256 of the bytes in hexadecimal. Empty where they were not kept: too large, or pushed out of the page before a panel had them. */
  ref: string
  /** Media type; empty where the app did not tell. */
  type: string
  bytes: number
}

const REF = /^[0-9a-f]{64}$/

/** Tells whether something is a SHA-256 in hexadecimal. */
export function isArtifactRef(value: unknown): value is string {
  return typeof value === 'string' && REF.test(value)
}

/** Returns the artifacts of a session in the order of time. A field that a mark does not tell is empty or 0. */
export function artifactsOf({ marks }: Pick<SessionInfo, 'marks'>): Artifact[] {
  return marks
    .filter(({ kind }) => kind === 'artifact')
    .map(artifactOf)
    .sort((a, b) => a.time - b.time)
}

function artifactOf({ time, name, data }: Mark): Artifact {
  const { ref, type, bytes } = fieldsOf(data)
  return {
    time,
    name,
    ref: isArtifactRef(ref) ? ref : '',
    type: typeof type === 'string' ? type : '',
    bytes: typeof bytes === 'number' && Number.isFinite(bytes) ? bytes : 0,
  }
}

function fieldsOf(data: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data ?? '')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
