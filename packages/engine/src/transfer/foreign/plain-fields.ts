import { recordOf, textOf } from './payload-text'
import { timeOf } from './times'

type Json = Record<string, unknown>

/** Names of fields in the order in which they are believed; a dot goes into an object. */
const TIMES = [
  'timestamp',
  '@timestamp',
  'time',
  'ts',
  '@t',
  'datetime',
  'date',
  'eventTime',
  'event_time',
  'timeMillis',
  'instant',
  'created_at',
  'createdAt',
  'occurred_at',
  'occurredAt',
  '__REALTIME_TIMESTAMP',
  't',
  'at',
  'when',
]
const NAMES = [
  'eventName',
  'event_name',
  'event.action',
  'event.name',
  'event',
  'type',
  'action',
  'name',
  'topic',
  'channel',
  'kind',
  'verb',
  '@mt',
  'msg',
  'message',
  '@m',
  'MESSAGE',
  'short_message',
  'log',
  'title',
  'label',
]
const SOURCES = [
  'source',
  'service.name',
  'service',
  'logger',
  'log.logger',
  'component',
  'module',
  'category',
  'app',
  'namespace',
  'host',
  'hostname',
]
const LEVELS = ['level', 'severity', 'log.level', '@l', 'lvl', 'levelname', 'priority', 's']
const IDS = ['id', 'eventId', 'event_id', 'eventID', 'uuid', 'messageId']
const CAUSES = [
  'causationId',
  'causation_id',
  'causationid',
  'causeId',
  'cause_id',
  'cause',
  'parentId',
  'parent_id',
  'parent',
]
const JOINS = [
  'correlationId',
  'correlation_id',
  'requestId',
  'request_id',
  'traceId',
  'trace_id',
  'sessionId',
  'session_id',
  'userId',
  'user_id',
]
const TIME_LIKE = /time|date|stamp|(^|_)at$|[a-z]At$/i
const NAME_LIKE = /name|event|type|action|msg|message|kind|title|label|topic|channel|command|operation/i

/** What a plain JSON object says of an event, by the names of its fields. */
export interface PlainFields {
  at: number | undefined
  name: string
  source: string
  level: unknown
  id: string
  cause: string
  joins: Record<string, string | number>
}

export function fieldsOf(value: Json): PlainFields {
  return {
    at: first(value, TIMES, timeOf) ?? like(value, TIME_LIKE, timeOf),
    name: first(value, NAMES, nameOf) ?? like(value, NAME_LIKE, nameOf) ?? '',
    source: first(value, SOURCES, nameOf) ?? '',
    level: first(value, LEVELS, found => (typeof found === 'string' || typeof found === 'number' ? found : undefined)),
    id: first(value, IDS, found => textOf(found) || undefined) ?? '',
    cause: first(value, CAUSES, found => textOf(found) || undefined) ?? '',
    joins: Object.fromEntries(
      JOINS.flatMap(name => {
        const found = value[name]
        return typeof found === 'string' || typeof found === 'number' ? [[name, found]] : []
      }),
    ),
  }
}

/** True: an object that is an event of some program. */
export function isEventLike(value: unknown): boolean {
  const { at, name } = fieldsOf(recordOf(value))
  return at !== undefined && name !== ''
}

function first<T>(value: Json, names: readonly string[], read: (found: unknown) => T | undefined): T | undefined {
  for (const name of names) {
    const found = at(value, name)
    const is = found === undefined ? undefined : read(found)
    if (is !== undefined) return is
  }
  return undefined
}

function like<T>(value: Json, test: RegExp, read: (found: unknown) => T | undefined): T | undefined {
  for (const [name, found] of Object.entries(value)) {
    const is = test.test(name) ? read(found) : undefined
    if (is !== undefined) return is
  }
  return undefined
}

function at(value: Json, path: string): unknown {
  if (Object.hasOwn(value, path)) return value[path]
  const dot = path.indexOf('.')
  if (dot < 0) return undefined
  const inner = recordOf(value[path.slice(0, dot)])
  return Object.hasOwn(inner, path.slice(dot + 1)) ? inner[path.slice(dot + 1)] : undefined
}

function nameOf(found: unknown): string | undefined {
  return typeof found === 'string' && found !== '' ? found : undefined
}
