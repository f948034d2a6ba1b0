import { LONGEST_FILTER } from '../state/stored-filters'

/** A place in the panel: what is filtered, the stretch looked at, the selected event and the others chosen. */
export interface Permalink {
  filter: string
  /** The stretch that is zoomed to, in ms of session time. */
  range?: { from: number; to: number }
  /** Ids of events: ours, or whatever they had where they were imported from. The first one is looked at. */
  events?: string[]
  session?: string
}

const SCHEME = 'playhead:'
/** Characters of a permalink that is read, and of one that is written unless its filter is longer: a character may take nine in an address. */
const LONGEST = 100_000
const USUAL = 8000
const LONGEST_ID = 512
/** A permalink names at most so many events. */
export const MOST_EVENTS = 100

/** `playhead:filter=…&from=…&to=…&session=…&event=…&event=…` As many events as have room. */
export function printPermalink({ filter, range, events = [], session }: Permalink): string {
  const parts = [
    ...(filter ? [['filter', filter]] : []),
    ...(range
      ? [
          ['from', String(round(range.from))],
          ['to', String(round(range.to))],
        ]
      : []),
    ...(session ? [['session', session]] : []),
  ].map(([key, value]) => partOf(key as string, value as string))
  let length = parts.join('&').length
  for (const event of events.slice(0, MOST_EVENTS)) {
    const part = partOf('event', event)
    length += part.length + 1
    if (length > USUAL - SCHEME.length) break
    parts.push(part)
  }
  return SCHEME + parts.join('&')
}

function partOf(key: string, value: string): string {
  return `${key}=${encodeURIComponent(wellFormed(value))}`
}

/** Reads a permalink; undefined where the text is none. Anybody may have written it: what does not fit is left out. */
export function parsePermalink(text: string): Permalink | undefined {
  const trimmed = text.trim()
  if (!trimmed.startsWith(SCHEME) || trimmed.length > LONGEST || !/^playhead:(\w+=|$)/.test(trimmed)) return undefined
  const given = new URLSearchParams(trimmed.slice(SCHEME.length))
  const filter = given.get('filter') ?? ''
  const link: Permalink = { filter: filter.length <= LONGEST_FILTER ? filter : '' }
  const [from, to] = [number(given.get('from')), number(given.get('to'))]
  if (from !== undefined && to !== undefined && to > from) link.range = { from, to }
  const events = given.getAll('event').filter(event => event !== '' && event.length <= LONGEST_ID)
  if (events.length > 0) link.events = events.slice(0, MOST_EVENTS)
  const session = given.get('session')
  if (session && /^[\w-]{1,64}$/.test(session)) link.session = session
  return link
}

/** Replaces halves of characters, which cannot be part of an address. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

function number(text: string | null): number | undefined {
  return text !== null && /^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
