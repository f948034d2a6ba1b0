import { LEVELS } from '../model/event'
import { MAX_N } from '../model/id'
import { flag, oneOf, record, text, whole } from './check'
import { WireError } from './error'
import type { ReplayCommand, ToPage } from './messages'

const UINT = 0xffffffff

/**
 * Makes a message of what the panel sent: every known member is checked, every other is left out. Throws WireError. Runs in the page.
 * `parseReplay` is handed in, so that a page that cannot replay does not carry its code.
 */
export function parseToPage(
  message: unknown,
  parseReplay: (message: Record<string, unknown>) => ReplayCommand = notKnown,
): ToPage {
  const m = record(message, 'message')
  const n = (key: string, most: number = UINT) => whole(m[key], 0, most, key)
  switch (m.t) {
    case 'welcome':
      return {
        t: m.t,
        wire: n('wire'),
        session: text(m.session, 64, 'session'),
        accepted: n('accepted', MAX_N),
        persisted: n('persisted', MAX_N),
        recording: flag(m.recording, 'recording'),
        level: levelOf(m.level),
      }
    case 'ack':
      return { t: m.t, accepted: n('accepted', MAX_N), persisted: n('persisted', MAX_N) }
    case 'kept':
    case 'ping':
      return { t: m.t, id: n('id') }
    case 'configure':
      return { t: m.t, recording: flag(m.recording, 'recording'), level: levelOf(m.level) }
    case 'keyframe':
    case 'closed':
      return { t: m.t }
    case 'replay':
      return parseReplay(m)
    default:
      return notKnown()
  }
}

function notKnown(): never {
  throw new WireError('not a known message', 't')
}

function levelOf(value: unknown) {
  return value === null ? null : oneOf(value, LEVELS, 'level')
}
