import type { Level } from '@playhead/shared/model/event'

/** How far a name's severity is from the most important, by the words that logs use. */
const NAMES: readonly [test: RegExp, level: Level][] = [
  [/^(fatal|critical|crit|emerg|alert|panic|error|err|severe|e|f)/i, 'milestone'],
  [/^(warn|w$)/i, 'decision'],
  [/^(info|notice|log|i$|success|default)/i, 'action'],
  [/^(debug|trace|verbose|fine|silly|d|t$|v$)/i, 'detail'],
]

/**
 * The level that an event of this severity has here. Programs write words, or numbers: pino and bunyan 10 (trace) to 60 (fatal), syslog 0
 * (emergency) to 7 (debug).
 */
export function severityLevel(severity: unknown): Level {
  if (typeof severity === 'number') {
    if (severity >= 10)
      return severity >= 50 ? 'milestone' : severity >= 40 ? 'decision' : severity >= 30 ? 'action' : 'detail'
    return severity <= 3 ? 'milestone' : severity === 4 ? 'decision' : severity <= 6 ? 'action' : 'detail'
  }
  return (typeof severity === 'string' && NAMES.find(([test]) => test.test(severity))?.[1]) || 'action'
}
