import type { ForeignEvent, ForeignFormat, ForeignOut, ForeignReader } from './format'
import { objectOf, recordOf, textOf } from './payload-text'

/** Spans that may have begun and not ended. */
const OPEN = 100_000
/** Phases that are no events. */
const LEFT: Record<string, string> = {
  P: 'samples',
  p: 'samples',
  v: 'memory dumps',
  V: 'memory dumps',
  c: 'clock marks',
}

/**
 * Traces of Chromium, Node, Perfetto's JSON and other tools that write the trace event format. A span (`X`, `B` to `E`, `b` to `e`) is an
 * event with a duration, what stands inside it in the same thread is caused by it; flow arrows (`s`, `t`, `f`) are causes, too.
 */
const TRACE: Omit<ForeignFormat, 'items'> = {
  name: 'a Chrome trace',
  open: true,
  reader: out => new TraceReader(out),
}
export const CHROME_TRACE: ForeignFormat = { ...TRACE, items: [['traceEvents', '*']] }
export const CHROME_TRACE_LIST: ForeignFormat = { ...TRACE, items: [['*']] }

class TraceReader implements ForeignReader {
  private readonly processes = new Map<string, string>()
  private readonly threads = new Map<string, string>()
  /** Spans that have begun, by thread, or by id where they are asynchronous. */
  private readonly open = new Map<string, ForeignEvent[]>()
  private opened = 0

  constructor(private readonly out: ForeignOut) {}

  item(_: readonly string[], text: string): void {
    const { value, raw } = objectOf(text, 'args')
    const { ph, pid, tid, name, cat, ts, dur } = value
    const phase = textOf(ph)
    const lane = `${textOf(pid)}:${textOf(tid)}`
    if (phase === 'M') {
      this.named(textOf(name), textOf(pid), lane, raw.args)
      return
    }
    if (LEFT[phase]) {
      this.out.leftOut(LEFT[phase])
      return
    }
    if (typeof ts !== 'number') throw new Error('ts: it is no number')
    const at = ts / 1000
    const id = textOf(value.id) || textOf(recordOf(value.id2).global) || textOf(recordOf(value.id2).local)
    const event: ForeignEvent = {
      ...{ at, type: textOf(name), source: () => this.sourceOf(textOf(pid), lane), payload: raw.args ?? '{}' },
      ...(cat ? { facets: { cat: textOf(cat) } } : {}),
      lane,
    }
    const span = `${textOf(cat)}\n${id}\n${textOf(name)}`
    if (phase === 'X') this.out.event({ ...event, duration: Math.max(0, Number(dur) || 0) / 1000 })
    else if (phase === 'B') this.begin(lane, event)
    else if (phase === 'E') this.endSpan(lane, at)
    else if (phase === 'b' || phase === 'S') this.begin(span, { ...event, lane: undefined, foreignId: id })
    else if (phase === 'e' || phase === 'F') this.endSpan(span, at)
    else if ('stf'.includes(phase)) this.flow(phase, span, event)
    else this.out.event({ ...event, ...(phase === 'C' && { level: 'state' as const }) })
  }

  end(): void {
    let endless = 0
    for (const events of this.open.values())
      for (const event of events) {
        endless++
        this.out.event(event)
      }
    this.open.clear()
    if (endless > 0) this.out.warn(`${endless.toLocaleString('en')} spans have no end: they have no duration`)
  }

  private begin(key: string, event: ForeignEvent): void {
    if (++this.opened > OPEN) throw new Error(`more than ${OPEN} spans have no end`)
    const events = this.open.get(key) ?? []
    this.open.set(key, events)
    events.push(event)
  }

  private endSpan(key: string, at: number): void {
    const events = this.open.get(key)
    const event = events?.pop()
    if (events?.length === 0) this.open.delete(key)
    if (!event) {
      this.out.leftOut('ends of spans that did not begin')
      return
    }
    this.opened--
    this.out.event({ ...event, duration: Math.max(0, at - (event.at ?? at)) })
  }

  /** The event at an arrow's end is caused by the one at its beginning. */
  private flow(phase: string, key: string, event: ForeignEvent): void {
    const flow = `flow ${key}`
    this.out.event({
      ...event,
      ...(phase !== 'f' && { key: flow }),
      ...(phase !== 's' && { causes: [{ key: flow, kind: 'explicit' as const }] }),
    })
  }

  private named(what: string, pid: string, lane: string, args: string | undefined): void {
    const name = textOf(recordOf(JSON.parse(args ?? 'null')).name)
    if (what === 'process_name') this.processes.set(pid, name)
    else if (what === 'thread_name') this.threads.set(lane, name)
    else this.out.leftOut('metadata records')
  }

  private sourceOf(pid: string, lane: string): string {
    return this.threads.get(lane) || this.processes.get(pid) || lane
  }
}
