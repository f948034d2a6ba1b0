import { LEVELS, type Level } from '@playhead/shared/model/event'
import { isProducerId } from '@playhead/shared/model/id'
import { Limits, WIRE_VERSION } from '@playhead/shared/wire/limits'
import type { HelloMessage } from '@playhead/shared/wire/messages'
import { now, page, parse, scope, timeOrigin, wall } from '../page/natives'
import type { RecorderInternals } from '../recorder/internals'
import { redactUrl } from '../redaction/redact-url'
import { SDK_VERSION } from './version'

/** Makes the first message of a link: who records here, and what it has. */
export function helloOf(internals: RecorderInternals): HelloMessage {
  const { id, settings, journal, states } = internals
  const about = aboutOf(internals)
  return {
    t: 'hello',
    wire: WIRE_VERSION,
    producer: id,
    name: settings.name,
    app: settings.app,
    sdk: SDK_VERSION,
    ...place(href => redactUrl(href, key => journal.keys.redacts(key))),
    timeOrigin,
    now: now(),
    wall: wall(),
    level: LEVELS[journal.policy.level] as Level,
    facets: settings.facets.map(name => ({ name })),
    attachments: journal.attachments.infos,
    states: states.names,
    emitted: journal.emitted,
    oldest: journal.memory.buffer.batches.find(batch => batch.lastN >= batch.firstN)?.firstN ?? journal.openN,
    ...(about && { about }),
    previous: previousOf(internals.previous),
    probe: new ArrayBuffer(8),
  }
}

/** Says where the recorder runs. `tell` returns an address without its secrets. */
function place(tell: (href: string) => string): Pick<HelloMessage, 'url' | 'origin' | 'title' | 'context'> {
  if (page) {
    const context = page.parent === page ? 'top' : 'frame'
    return {
      url: tell(page.location.href).slice(0, 2048),
      origin: page.location.origin,
      // An element with that name (`<img name="title">`) takes the place of the text.
      title: String(page.document.title).slice(0, 256),
      context,
    }
  }
  const worker = scope.location
  if (worker) return { url: tell(worker.href).slice(0, 2048), origin: worker.origin, title: '', context: 'worker' }
  return { url: '', origin: '', title: '', context: 'node' }
}

/** Makes what the app says of itself; undefined where it says nothing. A configuration that is too large is left out. */
function aboutOf({ settings: { version, seed }, config = '' }: RecorderInternals): HelloMessage['about'] {
  return version || seed || config ? { version, seed, config: config.length > Limits.config ? '' : config } : undefined
}

/**
 * Checks what an earlier page of this tab and origin wrote down, since anything may be in a page's storage. Null where it is nothing of the
 * kind.
 */
function previousOf(text: string | null): HelloMessage['previous'] {
  try {
    const { producer, emitted, sent } = parse(text as string) as Record<string, unknown>
    if (!isProducerId(producer) || !isCount(emitted) || !isCount(sent) || sent > emitted) return null
    return { producer, emitted, sent }
  } catch {
    return null
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
