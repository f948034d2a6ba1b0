import { FILE_FORMAT } from '@playhead/shared/file/format'
import { isProducerId, parseEventId } from '@playhead/shared/model/id'
import { FileError } from '../file-error'
import { CHROME_TRACE, CHROME_TRACE_LIST } from './chrome-trace'
import { CLOUD_BATCH, CLOUD_LINES, CLOUD_SINGLE } from './cloud-events'
import type { ForeignFormat } from './format'
import { HAR } from './har'
import { OTLP_LINES, OTLP_LOGS } from './otlp-logs'
import { outlineOf, sampleOf, withoutMark } from './outline'
import { fieldsOf, isEventLike } from './plain-fields'
import { PLAIN_LINES, plainList } from './plain-lines'
import { REDUX_DEVTOOLS } from './redux-devtools'

const LINES = /\.(jsonl|ndjson|log)(\.gz)?$/i
/** Lines that are looked at for the first that is an event. */
const LOOK = 20

/** Beginnings of files that are no JSON, and what these are. */
const OTHERS: readonly [test: RegExp, name: string][] = [
  [/^PK\W\W/, 'a ZIP archive: unpack it and import what is inside'],
  [/^(.PNG|GIF8|RIFF)/s, 'a picture'],
  [/^%PDF/, 'a PDF'],
  [/^SQLite format 3/, 'a SQLite database'],
  [/^\s*<(!doctype html|html)/i, 'an HTML page'],
  [/^\s*<(\?xml|[a-z])/i, 'XML'],
  [
    /^\s*id,time,t,producer,n,type,/,
    'a table that Playhead exported, and tables cannot be imported: export the session as JSON',
  ],
]

/** JSON that is known and holds no events, by paths that it has. */
const KNOWN: readonly [paths: readonly string[], name: string][] = [
  [['resourceSpans'], 'OTLP traces; only logs can be imported'],
  [['resourceMetrics'], 'OTLP metrics; only logs can be imported'],
  [['nodes', 'startTime', 'endTime'], 'a CPU profile'],
  [['nodes', 'timeDeltas'], 'a CPU profile'],
  [['snapshot.meta'], 'a heap snapshot'],
  [['meta.interval', 'threads'], 'a profile of the Firefox Profiler'],
  [['meta.interval', 'libs'], 'a profile of the Firefox Profiler'],
  [['version', 'sources', 'mappings'], 'a source map'],
  [['lighthouseVersion'], 'a Lighthouse report'],
  [['*.type', '*.data', '*.timestamp'], 'an rrweb recording'],
]

/**
 * The format of a file of another program, by its beginning; undefined: it may be a session of ours. Throws FileError with its name where
 * it is of a kind that cannot be imported.
 */
export function recognise(head: string, name: string): ForeignFormat | undefined {
  const other = OTHERS.find(([test]) => test.test(head))
  if (other) throw new FileError(`this is ${other[1]}, not JSON that can be imported`, 'line 1, column 1', true)
  const outline = outlineOf(head)
  const has = (...paths: string[]) => paths.every(path => outline.has(path))
  if (isOurs(outline)) return undefined
  const isLines = hasLines(head)
  if (has('log.entries') || has('log.version', 'log.creator')) return HAR
  if (has('actionsById') || has('computedStates')) return REDUX_DEVTOOLS
  if (has('preloadedState') && has('payload')) return REDUX_DEVTOOLS
  if (outline.get('traceEvents') === '[') return CHROME_TRACE
  if (has('*.ph') && (has('*.ts') || has('*.pid'))) return CHROME_TRACE_LIST
  if (has('resourceLogs')) return isLines ? OTLP_LINES : OTLP_LOGS
  if (has('*.specversion')) return CLOUD_BATCH
  if (has('specversion')) return isLines || LINES.test(name) ? CLOUD_LINES : CLOUD_SINGLE
  const isTextType = typeof outline.get('*.type') === 'string'
  const known = KNOWN.find(([paths, is]) => has(...paths) && !(is.includes('rrweb') && isTextType))
  if (known) throw new FileError(`this is ${known[1]}, not a session`, 'line 1, column 1', true)
  return plain(outline, head, name, isLines)
}

function plain(outline: Map<string, unknown>, head: string, name: string, isLines: boolean): ForeignFormat | undefined {
  if (outline.get('') === '[') {
    if (isEventLike(sampleOf(outline, '*'))) return plainList(undefined)
    // Actions without times: what a Redux store was given.
    return typeof outline.get('*.type') === 'string' ? REDUX_DEVTOOLS : undefined
  }
  if (isLines || LINES.test(name)) {
    const lines = head.split('\n').slice(0, LOOK)
    if (lines.some(line => isOurs(outlineOf(line)))) return undefined
    const samples = lines.map(line => fieldsOf(sampleOf(outlineOf(line), '')))
    if (samples.some(({ at, name: found }) => at !== undefined && found !== '')) return PLAIN_LINES
  }
  for (const [path, value] of outline) {
    if (value === '[' && path && !path.includes('.') && isEventLike(sampleOf(outline, `${path}.*`)))
      return plainList(path)
  }
  return undefined
}

/** Also of a document whose events a tool put first. */
function isOurs(outline: ReadonlyMap<string, unknown>): boolean {
  for (const path of ['id', 'events.*.id']) {
    const id = outline.get(path)
    if (typeof id === 'string' && parseEventId(id)) return true
  }
  if (outline.get('format') === FILE_FORMAT || (outline.has('format') && outline.has('session'))) return true
  return isProducerId(outline.get('session.id'))
}

/** More than one line of which each is JSON of its own. */
function hasLines(head: string): boolean {
  const [first = '', second = ''] = head.split('\n').filter(line => line.trim() !== '')
  return isObjectText(first) && second.trim().startsWith('{')
}

function isObjectText(line: string): boolean {
  try {
    const value: unknown = JSON.parse(withoutMark(line))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
