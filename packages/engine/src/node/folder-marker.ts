/** Name of the file that says that a folder is Playhead's, and in which version: `{"format":"playhead/folder","version":1}`. */
export const MARKER = 'playhead.json'

const FORMAT = 'playhead/folder'
const VERSION = 1

export function newMarker(): Uint8Array {
  return Buffer.from(`${JSON.stringify({ format: FORMAT, version: VERSION })}\n`)
}

/** Throws where a marker is of a newer Playhead, or not Playhead's at all. `path` is where it was found. */
export function checkMarker(bytes: ArrayBuffer, path: string): void {
  let found: { format?: unknown; version?: unknown } | null = null
  try {
    found = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    // It is none of ours.
  }
  if (found?.format !== FORMAT)
    throw new Error(`${path} does not say that this folder is Playhead's: it was left as it is`)
  if (found.version !== VERSION)
    throw new Error(
      'the stored sessions were made by a newer Playhead: update this one to see them. They were left as they are',
    )
}
