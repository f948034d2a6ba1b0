import { LEVELS, type Level } from '@playhead/shared/model/event'
import type { TimeMode } from './format'

/** What survives a reload of the panel. */
export interface Saved {
  filterText: string
  level: Level | ''
  timeMode: TimeMode
  inspectorSize: number
}

const KEY = 'playhead:panel'
const DEFAULTS: Saved = { filterText: '', level: '', timeMode: 'relative', inspectorSize: 380 }

/** Storage may be forbidden or hold anything. */
export function saved(): Saved {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>
    const { filterText, level, timeMode, inspectorSize } = stored
    return {
      filterText: typeof filterText === 'string' ? filterText.slice(0, 2000) : DEFAULTS.filterText,
      level: LEVELS.includes(level as Level) ? (level as Level) : DEFAULTS.level,
      timeMode: ['relative', 'absolute', 'delta'].includes(timeMode as string) ? (timeMode as TimeMode) : 'relative',
      inspectorSize: typeof inspectorSize === 'number' && inspectorSize > 100 ? inspectorSize : DEFAULTS.inspectorSize,
    }
  } catch {
    return DEFAULTS
  }
}

export function save(change: Partial<Saved>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...saved(), ...change }))
  } catch {
    // Forbidden or full: the choice lasts as long as the panel.
  }
}
