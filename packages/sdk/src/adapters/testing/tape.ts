import type { Tap } from '../../api/adapter'

export interface Taped {
  type: string
  payload: unknown
  /** Index of the event during whose dispatch this one came; -1: none. */
  cause: number
  threw: boolean
  heard: boolean
}

/** A recorder reduced to what adapters see: a stack of dispatches. */
export interface Tape extends Tap {
  events: Taped[]
  /** `outer>inner` for each event with a cause, `type` for the others. */
  story(): string[]
}

export function tape(): Tape {
  const events: Taped[] = []
  let top = -1
  const add = (type: string, payload: unknown, heard: boolean) =>
    events.push({ type, payload, cause: top, threw: false, heard }) - 1
  return {
    events,
    around(type, payload, dispatch) {
      const index = add(type, payload, false)
      const above = top
      top = index
      try {
        return dispatch()
      } catch (error) {
        ;(events[index] as Taped).threw = true
        throw error
      } finally {
        top = above
      }
    },
    heard(type, payload) {
      add(type, payload, true)
    },
    story: () => events.map(({ type, cause }) => (cause < 0 ? type : `${(events[cause] as Taped).type}>${type}`)),
  }
}

/** Holds every emission back, as an isolated replay does. */
export function holdingTape(): Tape {
  const inner = tape()
  return {
    ...inner,
    around<R>(type: string, payload: unknown, _dispatch: () => R): R {
      inner.heard(type, payload)
      return undefined as R
    },
  }
}
