import type { SessionInfo } from '@playhead/shared/model/session'
import type { ExportFormat } from '../contract/transfer'

/** `playhead-<app>-<session name>-<start>.json`, with nothing in it that a file system minds. */
export function fileName({ app, name, origin, started }: SessionInfo, { format, gzip }: ExportFormat): string {
  const parts = [
    'playhead',
    app || origin.replace(/^https?:\/\//, ''),
    name,
    new Date(started).toISOString().slice(0, 19),
  ]
  const clean = parts.map(part => {
    // By characters, as people see them: half of one is none.
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
