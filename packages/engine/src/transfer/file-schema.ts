/** The schemas that the parts of a session file must fit to be taken in. Members that are not named here are left out. */

import { numberFrom } from '@playhead/shared/file/numbers'
import { isArtifactRef } from '@playhead/shared/model/artifact'
import { CAUSE_KINDS, FLAG_NAMES, KINDS, LEVELS } from '@playhead/shared/model/event'
import { GAP_REASONS } from '@playhead/shared/model/gap'
import { isProducerId, MAX_N, parseEventId } from '@playhead/shared/model/id'
import { MARK_KINDS } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import * as v from 'valibot'
import { MOST_MARKS } from '../log/marks'
import { MOST_PRODUCERS } from '../log/producer-logs'
import { MOST_SCHEMA_TEXT } from '../schema/registry'
import { FileBudget } from './budgets'
import { RawJson } from './value-builder'

/** Characters of a message, at most: messages quote the file. */
const MESSAGE = 300

const text = (max: number) => v.pipe(v.string(), v.maxLength(max))
const name = text(Limits.name)
const title = text(Limits.title)
const url = text(Limits.url)
const finite = v.pipe(v.number(), v.finite())
const MAX_FLOAT32 = (2 - 2 ** -23) * 2 ** 127
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
const raw = v.instance(RawJson, 'is missing')
const u16 = whole(0, 0xffff)

const schema = v.object({ type: name, version: name, vendor: name, shape: text(Limits.schema) })
const description = v.object({ type: name, category: name, description: text(Limits.description) })
const attachment = v.object({ id: whole(1, 255), name, source: name, replay: v.boolean() })

export const sessionSchema = v.object({
  id: v.custom<string>(isProducerId, 'not a ULID'),
  name: title,
  app: title,
  origin: url,
  url: url,
  title: title,
  started: iso,
  browser: v.optional(text(2048)),
  excerpt: v.optional(v.object({ events: whole(0, MAX_N), of: whole(0, MAX_N) })),
  about: v.optional(v.object({ version: name, seed: name, config: text(0x10000), configHash: text(64) })),
  schemas: v.optional(
    v.pipe(
      v.array(schema),
      v.maxLength(Limits.schemas),
      v.check(list => distinct(list.map(({ type }) => type)), 'a type comes twice'),
      v.check(list => list.reduce((sum, { shape }) => sum + shape.length, 0) <= MOST_SCHEMA_TEXT, 'too much text'),
    ),
  ),
  descriptions: v.optional(
    v.pipe(
      v.array(description),
      v.maxLength(Limits.descriptions),
      v.check(list => distinct(list.map(({ type }) => type)), 'a type comes twice'),
    ),
  ),
  tags: v.optional(v.pipe(v.array(title), v.maxLength(256))),
  note: v.optional(text(4096)),
  bookmarks: v.optional(v.pipe(v.array(eventRef), v.maxLength(FileBudget.bookmarks))),
  producers: v.pipe(
    v.array(
      v.object({
        id: producer,
        name: title,
        url: url,
        title: title,
        context: v.picklist(['top', 'frame', 'worker', 'node']),
        sdk: text(64),
        timeOrigin: finite,
        offset: finite,
        base: whole(0, MAX_N),
        emitted: whole(0, MAX_N),
        attachments: v.pipe(
          v.array(attachment),
          v.maxLength(Limits.attachments),
          v.check(list => distinct(list.map(({ id }) => id)), 'an id comes twice'),
        ),
      }),
    ),
    v.maxLength(MOST_PRODUCERS),
    v.check(list => distinct(list.map(({ id }) => id)), 'an id comes twice'),
  ),
  takes: v.pipe(
    v.array(
      v.object({
        take: u16,
        kind: v.picklist(['recording', 'replay', 'away']),
        name: title,
        started: finite,
        from: v.optional(eventRef),
        to: v.optional(eventRef),
      }),
    ),
    v.maxLength(0x10000),
    v.check(list => distinct(list.map(({ take }) => take)), 'a number comes twice'),
  ),
  marks: v.pipe(
    v.array(
      v.object({
        time: finite,
        kind: v.picklist(MARK_KINDS),
        // Of a navigation: where to.
        name: url,
        producer,
        afterN: whole(0, MAX_N),
        data: v.optional(raw),
      }),
    ),
    v.maxLength(MOST_MARKS),
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

export const artifactSchema = v.object({
  ref: v.custom<string>(isArtifactRef, 'not a SHA-256'),
  base64: v.optional(text(FileBudget.string)),
})

/** Facets as pairs of name and value, since a name such as `__proto__` would mean something as a key of an object. */
const facets = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, [name: string, value: string | number][]>(({ dataset, addIssue, NEVER }) => {
    const given = dataset.value
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      addIssue({ message: 'must be an object' })
      return NEVER
    }
    const entries = Object.entries(given)
    if (entries.length > FileBudget.facets) addIssue({ message: `more than ${FileBudget.facets}` })
    return entries.map(([name, value]) => {
      const fits = typeof value === 'string' ? value.length <= Limits.facetText : numberFrom(value) !== undefined
      if (!fits || name.length > Limits.name)
        addIssue({ message: `${name.slice(0, 80)} is no text or number that fits` })
      return [name, typeof value === 'string' ? value : (numberFrom(value) ?? 0)]
    })
  }),
)

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
  causes: v.optional(
    v.pipe(v.array(v.object({ id: eventRef, kind: v.picklist(CAUSE_KINDS) })), v.maxLength(FileBudget.causes)),
    [],
  ),
  duration: v.optional(v.pipe(finite, v.minValue(0), v.maxValue(MAX_FLOAT32)), 0),
  facets: v.optional(facets, {}),
  originalBytes: v.optional(v.pipe(finite, v.minValue(-1))),
  foreignId: v.optional(text(512)),
  artifacts: v.optional(v.pipe(v.array(text(2048)), v.maxLength(FileBudget.artifacts)), []),
  patches: v.optional(v.pipe(v.array(v.object({ state: name, patch: raw })), v.maxLength(FileBudget.patches)), []),
  payload: raw,
})
export type ParsedEvent = v.InferOutput<typeof eventSchema>

/** Checks a part of a file. Throws an error for the user that names the member and what it should be. */
export function parsePart<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  throw new Error(`${v.getDotPath(issue) ?? 'value'}: ${issue.message}`.slice(0, MESSAGE))
}

function distinct(list: readonly unknown[]): boolean {
  return new Set(list).size === list.length
}
