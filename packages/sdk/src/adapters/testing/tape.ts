import type { EventAbout, Tap } from '../../api/adapter'

export interface Taped {
  type: string
  payload: unknown
  /** Index of the event during whose dispatch this one came; -1: none. */
  cause: number
  threw: boolean
  heard: boolean
  about: EventAbout | undefined
  /** The dispatch is over, also one that goes on in later tasks. */
  over: boolean
}

/** A recorder reduced to what adapters see: a stack of dispatches. */
export interface Tape extends Tap {
  events: Taped[]
  /** How many events nobody saw. */
  unseen(): number
  /** `outer>inner` for each event with a cause, `type` for the others. */
  story(): string[]
}

let tapes = 0

export function tape(): Tape {
  const events: Taped[] = []
  /** Indices of the events that are being dispatched, each with the depth as its token. */
  const stack: number[] = []
  let unseen = 0
  const add = (type: string, payload: unknown, heard: boolean, about?: EventAbout) =>
    events.push({ type, payload, cause: stack.at(-1) ?? -1, threw: false, heard, about, over: heard }) - 1
  const endLater = (token: number) => {
    const event = events[stack[token - 1] as number] as Taped
    stack.length = token - 1
    return (threw: boolean) => {
      event.threw = threw
      event.over = true
    }
  }
  const tape: Tape = {
    recorder: `tape ${++tapes}`,
    events,
    begin: (type, payload, about) => stack.push(add(type, payload, false, about)),
    end: (token, threw) => endLater(token)(threw),
    endLater,
    around(type, payload, dispatch, about) {
      const token = tape.begin(type, payload, about)
      let threw = true
      try {
        const result = dispatch()
        threw = false
        return result
      } finally {
        tape.end(token, threw)
      }
    },
    heard(type, payload, about) {
      add(type, payload, true, about)
      return undefined
    },
    missed(count) {
      unseen += count
    },
    unseen: () => unseen,
    story: () => events.map(({ type, cause }) => (cause < 0 ? type : `${(events[cause] as Taped).type}>${type}`)),
  }
  return tape
}

/** Holds every emission back, as an isolated replay does. */
export function holdingTape(): Tape {
  const inner = tape()
  return {
    ...inner,
    begin(type, payload, about) {
      inner.heard(type, payload, about)
      return -1
    },
    around<R>(type: string, payload: unknown): R {
      inner.heard(type, payload)
      return undefined as R
    },
  }
}
