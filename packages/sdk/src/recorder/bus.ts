import { Limits } from '@playhead/shared/wire/limits'
import type { Adapter, AttachOptions, Tap } from '../api/adapter'
import type { BusEvent } from '../api/recorder'
import { Decisions } from '../journal/decisions'
import type { Name } from '../journal/name-registry'
import { getOwn, warnOnce } from '../page/natives'
import type { RecorderInternals } from './internals'

/** What an attachment needs of the recorder. */
type BusRecorder = Pick<RecorderInternals, 'journal' | 'isolated' | 'disposed'>

/** Connects an adapter and returns a function that disconnects it. Never throws. */
export function attachBus(recorder: BusRecorder, adapter: Adapter, options: AttachOptions): () => void {
  const { journal } = recorder
  let via = 0
  try {
    const source = String(options.source ?? adapter.name).slice(0, Limits.name)
    const replay = options.replay ?? adapter.replay
    via = journal.attachments.add(String(adapter.name).slice(0, Limits.name), source, replay, options.revive)
    const decisions = new Decisions(journal.policy, { ...options, observeOnly: adapter.observeOnly ?? false })
    const disconnect = adapter.connect(tap(recorder, options, decisions, journal.sources.of(source), via))
    let attached = true
    return () => {
      if (!attached) return
      attached = false
      journal.attachments.remove(via)
      disconnect()
    }
  } catch (error) {
    journal.attachments.remove(via)
    warnOnce('cannot attach to this bus', error)
    return () => {}
  }
}

/** Makes the function of `recorder.middleware()`. */
export function recordMiddleware(
  recorder: BusRecorder,
  options: AttachOptions,
): <E extends BusEvent, R>(event: E, next: (event: E) => R) => R {
  const { journal } = recorder
  const source = String(options.source ?? 'app').slice(0, Limits.name)
  const via = journal.attachments.add('middleware', source, options.replay, options.revive)
  const { around } = tap(recorder, options, new Decisions(journal.policy, options), journal.sources.of(source), via)
  return (event, next) => around(typeOf(event), event, () => next(event), true)
}

interface WideTap extends Tap {
  /** `wrapped`: `payload` is a whole event, and its own `payload` is recorded if it has one. */
  around<R>(type: string, payload: unknown, dispatch: () => R, wrapped?: boolean): R
}

function tap(recorder: BusRecorder, options: AttachOptions, decisions: Decisions, source: Name, via: number): WideTap {
  const { journal } = recorder
  const { stack } = journal
  const { payload: described } = options
  const shown = (payload: unknown, wrapped = false) => {
    const given = wrapped ? inner(payload) : payload
    return described === undefined ? given : journal.described(described as never, given)
  }
  return {
    around(type, payload, dispatch, wrapped) {
      const decision = decisions.of(type)
      if (!decision.recorded || recorder.disposed) {
        return recorder.isolated && stack.depth !== journal.stepDepth ? (undefined as never) : dispatch()
      }
      const held = recorder.isolated && stack.depth !== journal.stepDepth
      const n = journal.append(decision, source, via, shown(payload, wrapped))
      if (held) return undefined as never
      if (n === 0) return dispatch()
      const start = journal.time
      const { depth } = stack
      let threw = true
      stack.push(n)
      try {
        const result = dispatch()
        threw = false
        return result
      } finally {
        stack.depth = depth
        journal.finish(n, start, threw)
      }
    },
    heard(type, payload) {
      const decision = decisions.of(type)
      if (decision.recorded && !recorder.disposed) journal.append(decision, source, via, shown(payload))
    },
  }
}

function typeOf(event: unknown): string {
  try {
    return (event as BusEvent).type
  } catch {
    return '(unnamed)'
  }
}

/** Returns the own `payload` of an event, or the event where it has none or that is an accessor. */
function inner(event: unknown): unknown {
  try {
    const own = getOwn(event as object, 'payload')
    return own !== undefined && 'value' in own ? own.value : event
  } catch {
    return event
  }
}
