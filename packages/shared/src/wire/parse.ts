import { isArtifactRef } from '../model/artifact'
import { LEVELS } from '../model/event'
import { MAX_N } from '../model/id'
import type { DescriptionInfo, SchemaInfo } from '../model/session'
import { array, buffer, clock, oneOf, producerId, record, text, whole } from './check'
import { WireError } from './error'
import { Limits, WIRE_VERSION } from './limits'
import type { ArtifactMessage, FromPage, HelloMessage } from './messages'
import { readAttachments } from './read-attachments'

const UINT = 0xffffffff
const CONTEXTS = ['top', 'frame', 'worker', 'node'] as const
const REPORTS = ['started', 'want', 'progress', 'paused', 'playing', 'done', 'live', 'failed'] as const
const PROBE_BYTES = 8
const REASON = 2048

/**
 * Makes a message of what a page sent: every known member is checked, every other is left out. The bytes of a batch are not looked at.
 * Throws WireError, which says what is wrong and where.
 */
export function parseFromPage(message: unknown): FromPage {
  const m = record(message, 'message')
  switch (m.t) {
    case 'hello':
      return parseHello(m)
    case 'batch':
      return { t: m.t, data: buffer(m.data, 'data') }
    case 'schemas':
      return { t: m.t, schemas: array(m.schemas, Limits.schemas, 'schemas').map(schemaOf) }
    case 'describe':
      return { t: m.t, types: array(m.types, Limits.descriptions, 'types').map(descriptionOf) }
    case 'artifact':
      return parseArtifact(m)
    case 'pong':
      return {
        t: m.t,
        id: whole(m.id, 0, UINT, 'id'),
        now: clock(m.now, 'now'),
        wall: clock(m.wall, 'wall'),
        accepted: whole(m.accepted, 0, MAX_N, 'accepted'),
      }
    case 'replay':
      return {
        t: m.t,
        op: oneOf(m.op, REPORTS, 'op'),
        run: whole(m.run, 0, UINT, 'run'),
        applied: whole(m.applied, 0, UINT, 'applied'),
        skipped: whole(m.skipped, 0, UINT, 'skipped'),
        reason: text(m.reason, REASON, 'reason'),
      }
    default:
      throw new WireError('not a known message', 't')
  }
}

function parseHello(m: Record<string, unknown>): HelloMessage {
  const wire = whole(m.wire, 1, UINT, 'wire')
  if (wire > WIRE_VERSION) throw new WireError(`version ${wire} is newer than ${WIRE_VERSION}: update Playhead`, 'wire')
  const probe = probeOf(m.probe)
  return {
    t: 'hello',
    wire,
    producer: producerId(m.producer, 'producer'),
    name: text(m.name, Limits.title, 'name'),
    app: text(m.app, Limits.title, 'app'),
    sdk: text(m.sdk, 64, 'sdk'),
    url: text(m.url, Limits.url, 'url'),
    origin: text(m.origin, Limits.url, 'origin'),
    title: text(m.title, Limits.title, 'title'),
    context: oneOf(m.context, CONTEXTS, 'context'),
    timeOrigin: clock(m.timeOrigin, 'timeOrigin'),
    now: clock(m.now, 'now'),
    wall: clock(m.wall, 'wall'),
    level: oneOf(m.level, LEVELS, 'level'),
    facets: array(m.facets, Limits.facets, 'facets').map(value => ({
      name: text(record(value, 'facets').name, Limits.name, 'facets'),
    })),
    attachments: readAttachments(m.attachments, 'attachments'),
    states: array(m.states, Limits.states, 'states').map(value => text(value, Limits.name, 'states')),
    emitted: whole(m.emitted, 0, MAX_N, 'emitted'),
    oldest: whole(m.oldest, 0, MAX_N, 'oldest'),
    ...(m.about !== undefined && { about: aboutOf(record(m.about, 'about')) }),
    previous: previousOf(m.previous),
    probe,
  }
}

function parseArtifact(m: Record<string, unknown>): ArtifactMessage {
  const data = buffer(m.data, 'data')
  if (data.byteLength > Limits.artifactBytes) {
    throw new WireError(`${data.byteLength} bytes, at most ${Limits.artifactBytes} are allowed`, 'data')
  }
  if (m.ref !== '' && !isArtifactRef(m.ref)) throw new WireError('not a reference to an artifact', 'ref')
  return {
    t: 'artifact',
    id: whole(m.id, 1, UINT, 'id'),
    ref: m.ref,
    name: text(m.name, Limits.name, 'name'),
    type: text(m.type, Limits.artifactType, 'type'),
    time: clock(m.time, 'time'),
    afterN: whole(m.afterN, 0, MAX_N, 'afterN'),
    data,
  }
}

function schemaOf(value: unknown): SchemaInfo {
  const schema = record(value, 'schemas')
  return {
    type: text(schema.type, Limits.name, 'schemas.type'),
    version: text(schema.version, Limits.name, 'schemas.version'),
    vendor: text(schema.vendor, Limits.name, 'schemas.vendor'),
    shape: text(schema.shape, Limits.schema, 'schemas.shape'),
  }
}

function descriptionOf(value: unknown): DescriptionInfo {
  const described = record(value, 'types')
  return {
    type: text(described.type, Limits.name, 'types.type'),
    category: text(described.category, Limits.name, 'types.category'),
    description: text(described.description, Limits.description, 'types.description'),
  }
}

function aboutOf(about: Record<string, unknown>): HelloMessage['about'] {
  return {
    version: text(about.version, Limits.name, 'about.version'),
    seed: text(about.seed, Limits.name, 'about.seed'),
    config: text(about.config, Limits.config, 'about.config'),
  }
}

/** Checks the probe. Where it is not eight bytes, the transport turns ArrayBuffers into something else, and batches would not arrive. */
function probeOf(value: unknown): ArrayBuffer {
  const probe = buffer(value, 'probe')
  if (probe.byteLength !== PROBE_BYTES)
    throw new WireError(`${probe.byteLength} bytes, must be ${PROBE_BYTES}`, 'probe')
  return probe
}

function previousOf(value: unknown): HelloMessage['previous'] {
  if (value === null) return null
  const { producer, emitted, sent } = record(value, 'previous')
  const most = whole(emitted, 0, MAX_N, 'previous.emitted')
  return {
    producer: producerId(producer, 'previous.producer'),
    emitted: most,
    sent: whole(sent, 0, most, 'previous.sent'),
  }
}
