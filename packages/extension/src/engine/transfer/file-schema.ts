/** Shapes of the parts of a session file, as they must be to be taken in. Members not named here are left out. */
import { CAUSE_KINDS, FLAG_NAMES, KINDS, LEVELS } from '@playhead/shared/model/event'
import { GAP_REASONS } from '@playhead/shared/model/gap'
import { isProducerId, MAX_N, parseEventId } from '@playhead/shared/model/id'
import { Limits } from '@playhead/shared/wire/limits'
import * as v from 'valibot'
import { RawJson } from './value-builder'

const text = (max: number) => v.pipe(v.string(), v.maxLength(max))
const name = text(Limits.name)
const finite = v.pipe(v.number(), v.finite())
const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))
const producer = v.custom<string>(isProducerId, 'not a producer id (ULID)')
const eventRef = v.custom<string>(
  value => typeof value === 'string' && parseEventId(value) !== undefined,
  'not an event id (ULID-number)',
)
const iso = v.custom<string>(
  value => typeof value === 'string' && Number.isFinite(Date.parse(value)),
  'not a time (ISO 8601)',
)
const raw = v.instance(RawJson, 'missing')
const u16 = whole(0, 0xffff)

const attachment = v.object({ id: whole(1, 255), name, source: name, replay: v.boolean() })

export const sessionSchema = v.object({
  id: v.custom<string>(isProducerId, 'not a ULID'),
  name: text(512),
  app: text(512),
  origin: text(2048),
  url: text(8192),
  title: text(512),
  started: iso,
  producers: v.pipe(
    v.array(
      v.object({
        id: producer,
        name: text(512),
        url: text(8192),
        title: text(512),
        context: v.picklist(['top', 'frame', 'worker', 'node']),
        sdk: text(64),
        timeOrigin: finite,
        offset: finite,
        base: whole(0, MAX_N),
        emitted: whole(0, MAX_N),
        attachments: v.pipe(v.array(attachment), v.maxLength(Limits.attachments)),
      }),
    ),
    v.maxLength(0xffff),
  ),
  takes: v.pipe(
    v.array(
      v.object({
        take: u16,
        kind: v.picklist(['recording', 'replay', 'away']),
        name: text(512),
        started: finite,
        from: v.optional(eventRef),
        to: v.optional(eventRef),
      }),
    ),
    v.maxLength(0x10000),
  ),
  marks: v.array(
    v.object({
      time: finite,
      kind: v.picklist(['navigation', 'run', 'phase', 'trial', 'turn', 'day', 'custom']),
      name: text(512),
      producer,
      afterN: whole(0, MAX_N),
      data: v.optional(raw),
    }),
  ),
})
export type ParsedSession = v.InferOutput<typeof sessionSchema>

export const snapshotSchema = v.object({
  producer,
  afterN: whole(0, MAX_N),
  take: u16,
  time: finite,
  state: name,
  why: v.picklist(['start', 'request', 'end']),
  value: raw,
})

export const gapSchema = v.object({
  producer,
  fromN: whole(1, MAX_N),
  toN: whole(1, MAX_N),
  reason: v.picklist(GAP_REASONS),
  from: finite,
  to: finite,
})

export const eventSchema = v.object({
  id: eventRef,
  t: finite,
  type: name,
  source: name,
  kind: v.picklist(KINDS),
  level: v.picklist(LEVELS),
  take: v.optional(u16, 0),
  flags: v.optional(v.array(v.picklist(FLAG_NAMES)), []),
  via: v.optional(whole(0, 255), 0),
  causes: v.optional(v.pipe(v.array(v.object({ id: eventRef, kind: v.picklist(CAUSE_KINDS) })), v.maxLength(1024)), []),
  duration: v.optional(v.pipe(finite, v.minValue(0)), 0),
  facets: v.optional(v.record(name, v.union([text(Limits.facetText), finite])), {}),
  originalBytes: v.optional(v.pipe(finite, v.minValue(0))),
  foreignId: v.optional(text(512)),
  artifacts: v.optional(v.pipe(v.array(text(2048)), v.maxLength(64)), []),
  patches: v.optional(v.pipe(v.array(v.object({ state: name, patch: raw })), v.maxLength(64)), []),
  payload: raw,
})
export type ParsedEvent = v.InferOutput<typeof eventSchema>

/** Throws an error that names the member and what it should be. */
export function parsePart<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  throw new Error(`${v.getDotPath(issue) ?? 'value'}: ${issue.message}`)
}
