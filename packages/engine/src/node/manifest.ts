import { deserialize, serialize } from 'node:v8'
import type { GapRecord, SessionRecord } from '../storage/records'

/** Kinds of files in the folder of a session: heads and bodies by first seq, the open chunk, keyframes by number. */
export type ItemKind = 'head' | 'body' | 'tail' | 'keyframe'

/**
 * Which files of a session's folder count, and what is small enough to stand in the manifest itself. Replacing the manifest is the moment
 * at which a transaction happened.
 */
export interface Manifest {
  version: 1
  data: string
  /** Absent: the session is not in the catalogue. */
  record?: SessionRecord
  /** Epoch ms at which an import began that is not finished. */
  importing?: number
  /** The data key that this one took the place of: whatever is left of it counts for nothing. */
  replaces?: string
  /** Number of the next file: the same key gets another file each time, so that the old one stays whole until the new one counts. */
  generation: number
  files: Record<ItemKind, Map<number, number>>
  gaps: Map<number, GapRecord>
  /** Artifacts that the session refers to, with their bytes. */
  artifacts: Map<string, number>
}

export function emptyManifest(data: string): Manifest {
  const files = { head: new Map(), body: new Map(), tail: new Map(), keyframe: new Map() }
  return { version: 1, data, generation: 1, files, gaps: new Map(), artifacts: new Map() }
}

export const itemFile = (kind: ItemKind, key: number, generation: number) => `${kind}-${key}.${generation}`

/** Structured clone in bytes: numbers that JSON lacks, typed arrays and broken texts come back as they were. */
export const writeManifest = (manifest: Manifest): Uint8Array => serialize(manifest)

/**
 * The manifest as it was written. Where it cannot be read it is guessed from the names of the files that are there, the newest of each
 * kind and key: the log is the truth, and what else the manifest said is lost.
 */
export function readManifest(data: string, bytes: ArrayBuffer, names: () => readonly string[]): Manifest {
  try {
    const manifest: unknown = deserialize(new Uint8Array(bytes))
    if (isManifest(manifest)) return manifest
  } catch {
    // It is guessed.
  }
  const guess = emptyManifest(data)
  for (const name of names()) {
    const match = /^(head|body|tail|keyframe)-(\d+)\.(\d+)$/.exec(name)
    if (!match) continue
    const [kind, key, generation] = [match[1] as ItemKind, Number(match[2]), Number(match[3])]
    guess.files[kind].set(key, Math.max(generation, guess.files[kind].get(key) ?? 0))
    guess.generation = Math.max(guess.generation, generation + 1)
  }
  // Nothing of it is right: whoever opens the session is told so, and counts it from the log.
  guess.record = { info: {}, data } as unknown as SessionRecord
  return guess
}

function isManifest(value: unknown): value is Manifest {
  const { version, data, generation, files, gaps, artifacts } = (value ?? {}) as Partial<Manifest>
  const kinds: ItemKind[] = ['head', 'body', 'tail', 'keyframe']
  return (
    version === 1 &&
    typeof data === 'string' &&
    Number.isSafeInteger(generation) &&
    kinds.every(kind => files?.[kind] instanceof Map) &&
    gaps instanceof Map &&
    artifacts instanceof Map
  )
}
