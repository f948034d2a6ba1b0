import { Limits } from '@playhead/shared/wire/limits'
import type { RecorderOptions } from '../api/options'
import { levelOf } from '../journal/decisions'
import type { JournalSettings } from '../journal/settings'
import type { Subject } from '../page/explain'
import { isArray, page } from '../page/natives'
import { warnWrong } from '../page/wrong'

/** Options with every default filled in and every number within bounds. */
export interface Settings extends JournalSettings {
  name: string
  app: string
  version: string
  seed: string
  panelOrigins: string[]
}

/** Makes the settings of what the app gave. */
export function settings(options: RecorderOptions): Settings {
  const { limits, redact, filters = [] } = options
  const { include, exclude }: { include?: unknown; exclude?: unknown } =
    typeof filters === 'string' || isArray(filters) ? { include: filters } : filters
  if (redact && typeof redact !== 'object') warnWrong('redact', redact)
  return {
    name: String(options.name || page?.document.title || 'app').slice(0, Limits.name),
    app: String(options.app ?? '').slice(0, Limits.name),
    version: String(options.version ?? '').slice(0, Limits.name),
    seed: String(options.seed ?? '').slice(0, Limits.name),
    capacity: bounded(options.capacity, 10_000, 1, 10_000_000),
    bufferBytes: bounded(options.bufferBytes, 16 << 20, 64 << 10, 1 << 30),
    level: levelOf(options),
    include: texts('filters.include', include),
    exclude: texts('filters.exclude', exclude),
    facets: [...new Set(texts('facets', options.facets))]
      .filter(name => name && name.length <= Limits.name)
      .slice(0, Limits.facets),
    redact,
    untracked: typeof options.untracked === 'function' ? options.untracked : undefined,
    limits: {
      depth: bounded(limits?.depth, 32, 1, 128),
      string: bounded(limits?.string, 32 << 10, 16, Limits.eventBytes),
      entries: bounded(limits?.entries, 5000, 1, Limits.eventBytes),
      total: bounded(limits?.total, 128 << 10, 1024, Limits.eventBytes),
      host: bounded(limits?.host, 2048, 0, Limits.eventBytes),
    },
    panelOrigins:
      options.panelOrigins === undefined && page ? [page.location.origin] : texts('panelOrigins', options.panelOrigins),
  }
}

/** A list of texts, whatever the app gave: one text is a list of one, and what is no text is told and left out. */
function texts(what: Subject, given: unknown): string[] {
  return [given ?? []].flat().filter(item => typeof item === 'string' || warnWrong(what, item)) as string[]
}

function bounded(value: number | undefined, normal: number, least: number, most: number): number {
  return value === undefined || Number.isNaN(value) ? normal : Math.min(Math.max(Math.floor(value), least), most)
}

declare const process: { env: { NODE_ENV?: string } }

/**
 * Whether recording is on where the app does not say. It is off in production builds, where the bundler replaces the expression by the
 * mode.
 */
export function enabledByDefault(): boolean {
  try {
    return process.env.NODE_ENV !== 'production'
  } catch {
    return true
  }
}
