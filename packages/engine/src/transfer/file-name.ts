import type { SessionInfo } from '@playhead/shared/model/session'
import type { ExportFormat } from '../contract/transfer'

/** The name of an exported file, `playhead-<app>-<session name>-<start>.json`, without characters that some file system refuses. */
export function fileName({ app, name, origin, started }: SessionInfo, { format, gzip }: ExportFormat): string {
  const parts = [
    'playhead',
    app || origin.replace(/^https?:\/\//, ''),
    name,
    new Date(started).toISOString().slice(0, 19),
  ]
  const clean = parts.map(part => {
    // Cut by code points, so that no surrogate pair is cut in two.
    const characters = [
      ...part
        .normalize()
        .replace(/[^\p{L}\p{M}\p{N}.-]+/gu, '-')
        .replace(/^-+/, ''),
    ]
    return characters.slice(0, 40).join('').replace(/-+$/, '')
  })
  return `${clean.filter(Boolean).join('-')}.${format}${gzip ? '.gz' : ''}`
}
