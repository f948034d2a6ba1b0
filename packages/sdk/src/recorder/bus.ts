import { eventId } from '@playhead/shared/model/id'
import { Limits } from '@playhead/shared/wire/limits'
import type { Adapter, AttachOptions, Correlate, EventAbout, Tap } from '../api/adapter'
import type { BusEvent } from '../api/recorder'
import { Decisions } from '../journal/decisions'
import type { Name } from '../journal/name-registry'
import { correlated, writeWith } from '../journal/write-with'
import { getOwn, warnOnce } from '../page/natives'
import { shareBus } from './attached-once'
import type { RecorderInternals } from './internals'

/** What an attachment needs of the recorder. */
type BusRecorder = Pick<RecorderInternals, 'id' | 'settings' | 'journal' | 'isolated' | 'disposed'>

/** Connects an adapter and returns a function that disconnects it. Never throws. */
export function attachBus(recorder: BusRecorder, adapter: Adapter, options: AttachOptions): () => void {
  const { journal } = recorder
  let via = 0
  try {
    return shareBus(recorder.id, recorder.settings.name, adapter, () => {
      const source = String(options.source ?? adapter.name).slice(0, Limits.name)
      const replay = options.replay ?? adapter.replay
      via = journal.attachments.add(String(adapter.name).slice(0, Limits.name), source, replay, options.revive)
      const decisions = new Decisions(journal.policy, { ...options, observeOnly: adapter.observeOnly ?? false })
      const correlate = options.correlate ?? adapter.correlate
      const disconnect = adapter.connect(
        tap(recorder, { ...options, correlate }, decisions, journal.sources.of(source), via),
      )
      return () => {
        journal.attachments.remove(via)
        disconnect()
      }
    })
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
  const decisions = new Decisions(journal.policy, options)
  const { begin, end } = tap(recorder, options, decisions, journal.sources.of(source), via)
  return (event, next) => {
    const token = begin(typeOf(event), inner(event))
    if (token < 0) return undefined as never
    if (token === 0) return next(event)
    let threw = true
    try {
      const result = next(event)
      threw = false
      return result
    } finally {
      end(token, threw)
    }
  }
}

/** What the app or the adapter says of all events of an attachment. */
interface Said {
  payload?: AttachOptions['payload'] | undefined
  correlate?: Correlate | undefined
}

function tap(recorder: BusRecorder, said: Said, decisions: Decisions, source: Name, via: number): Tap {
  const { journal } = recorder
  const { stack } = journal
  const { payload: described, correlate } = said
  const withMore = correlate ? correlated(journal, correlate) : writeWith

  const write = (type: string, payload: unknown, about: EventAbout | undefined): number => {
    if (recorder.disposed) return 0
    const decision = decisions.of(type)
    const more = about !== undefined || correlate !== undefined
    if (!(more ? decision.included : decision.recorded)) return 0
    const shown = described === undefined ? payload : journal.described(described as never, payload)
    if (more) return withMore(journal, decision, source, via, shown, about ?? {})
    return journal.append(decision, source, via, shown)
  }
  /** Takes a dispatch off the stack; returns a function that notes that it is over. */
  const pop = (token: number) => {
    const n = stack.numbers[token] as number
    const start = stack.starts[token] as number
    stack.depth = token - 1
    return (threw: boolean) => journal.finish(n, start, threw)
  }
  const begin = (type: string, payload: unknown, about?: EventAbout): number => {
    const held = recorder.isolated && stack.depth !== journal.stepDepth
    const n = write(type, payload, about)
    if (held) return -1
    if (n === 0) return 0
    stack.push(n, journal.time)
    return stack.depth
  }
  const end = (token: number, threw: boolean) => {
    const n = stack.numbers[token] as number
    stack.depth = token - 1
    journal.finish(n, stack.starts[token] as number, threw)
  }
  return {
    recorder: recorder.id,
    begin,
    end,
    endLater: pop,
    around(type, payload, dispatch, about) {
      const token = begin(type, payload, about)
      if (token < 0) return undefined as never
      if (token === 0) return dispatch()
      let threw = true
      try {
        const result = dispatch()
        threw = false
        return result
      } finally {
        end(token, threw)
      }
    },
    heard(type, payload, about) {
      const n = write(type, payload, about)
      return n === 0 ? undefined : eventId(recorder.id, n)
    },
    missed(count) {
      if (!recorder.disposed) journal.unseen.add(journal, count)
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
