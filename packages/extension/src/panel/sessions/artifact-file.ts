import type { Artifact } from '@playhead/shared/model/artifact'
import { Limits } from '@playhead/shared/wire/limits'
import { download } from '../widgets/download'
import { bytes } from '../widgets/format'

/** So many characters of a text are shown as a preview. */
const PREVIEW = 4000

const SUFFIXES: Record<string, string> = {
  'application/gzip': 'gz',
  'application/json': 'json',
  'application/pdf': 'pdf',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'text/csv': 'csv',
  'text/markdown': 'md',
  'text/plain': 'txt',
}
/** Names with these ends are left as they are: nothing that runs is among them. */
const HARMLESS = new Set([...Object.values(SUFFIXES), 'jpeg', 'jsonl', 'log', 'trace', 'tsv', 'xml', 'zip'])

/** Makes a file name of what the app called the artifact, with nothing in it that a file system minds, and no end that makes a program of it. */
export function artifactFileName({ name, type }: Pick<Artifact, 'name' | 'type'>): string {
  const clean = name
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80)
  const stem =
    !clean || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `artifact-${clean}`.replace(/-$/, '') : clean
  if (HARMLESS.has(/\.([a-z]+)$/i.exec(stem)?.[1]?.toLowerCase() ?? '')) return stem
  const essence = type.split(';')[0]!.trim().toLowerCase()
  return `${stem}.${Object.hasOwn(SUFFIXES, essence) ? SUFFIXES[essence] : isText(type) ? 'txt' : 'bin'}`
}

/** Saves the artifact as bytes and nothing else: whatever it says it is, nothing opens it here. */
export function saveArtifact(artifact: Pick<Artifact, 'name' | 'type'>, data: ArrayBuffer): void {
  download(new Blob([data], { type: 'application/octet-stream' }), artifactFileName(artifact))
}

export function isText(type: string): boolean {
  return /^(text\/|application\/([\w.-]+\+)?(json|xml|yaml|javascript)\b)/i.test(type)
}

/** The beginning of a text, and whether there is more. */
export function previewOf(data: ArrayBuffer): { text: string; more: boolean } {
  // A character has at most four bytes.
  const text = new TextDecoder().decode(new Uint8Array(data, 0, Math.min(data.byteLength, PREVIEW * 4)))
  return { text: text.slice(0, PREVIEW), more: text.length > PREVIEW || data.byteLength > PREVIEW * 4 }
}

/** Says why the bytes of an artifact are not here. */
export function whyMissing({ ref, bytes: size }: Pick<Artifact, 'ref' | 'bytes'>): string {
  if (size > Limits.artifactBytes) return `not kept: larger than ${bytes(Limits.artifactBytes)}`
  return ref === ''
    ? 'not kept: pushed out in the page, or unreadable'
    : 'not here: they never arrived, or are in no file'
}
