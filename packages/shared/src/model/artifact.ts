import type { Mark, SessionInfo } from './session'

/** What a mark of kind `artifact` says; its bytes are kept apart from the log, under `ref`. */
export interface Artifact {
  /** Session time, ms. */
  time: number
  name: string
  /** SHA-256 of the bytes in hexadecimal; empty: they were not kept (too large, or pushed out before anybody wanted them). */
  ref: string
  /** Media type; empty: not told. */
  type: string
  bytes: number
}

const REF = /^[0-9a-f]{64}$/

export function isArtifactRef(value: unknown): value is string {
  return typeof value === 'string' && REF.test(value)
}

/** In order of time. What a mark's data does not say is empty. */
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
