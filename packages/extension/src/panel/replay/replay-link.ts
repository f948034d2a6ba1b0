import type { EngineStatus } from '@playhead/engine/contract/status'

type LinkStatus = EngineStatus['links'][number]

/**
 * The link to replay into: one to a page of the recording's origin, else any; of those the top document's rather than a frame's.
 * Undefined where no page is connected.
 */
export function linkFor(origin: string, links: readonly LinkStatus[]): LinkStatus | undefined {
  const fitting = links.filter(link => link.origin === origin)
  const eligible = fitting.length > 0 ? fitting : links
  return eligible.find(({ frame }) => frame === 'top') ?? eligible[0]
}
