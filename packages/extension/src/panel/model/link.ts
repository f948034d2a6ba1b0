/** A place in the panel: what is filtered, the stretch looked at, the selected event. */
export interface PanelLink {
  filter: string
  /** Session time, ms. */
  range?: { from: number; to: number }
  /** Id of an event: ours, or whatever it had where it was imported from. */
  event?: string
  session?: string
}

const SCHEME = 'playhead:'
const LONGEST = 8000
const LONGEST_FILTER = 2000
const LONGEST_ID = 512

/** `playhead:filter=…&from=…&to=…&event=…&session=…` */
export function printLink({ filter, range, event, session }: PanelLink): string {
  const parts = [
    ...(filter ? [['filter', filter]] : []),
    ...(range
      ? [
          ['from', String(round(range.from))],
          ['to', String(round(range.to))],
        ]
      : []),
    ...(event ? [['event', event]] : []),
    ...(session ? [['session', session]] : []),
  ]
  return SCHEME + parts.map(([key, value]) => `${key}=${encodeURIComponent(wellFormed(value as string))}`).join('&')
}

/** Undefined: it is none. Anybody may have written it: what does not fit is left out. */
export function parseLink(text: string): PanelLink | undefined {
  const trimmed = text.trim()
  if (!trimmed.startsWith(SCHEME) || trimmed.length > LONGEST || !/^playhead:(\w+=|$)/.test(trimmed)) return undefined
  const given = new URLSearchParams(trimmed.slice(SCHEME.length))
  const link: PanelLink = { filter: (given.get('filter') ?? '').slice(0, LONGEST_FILTER) }
  const [from, to] = [number(given.get('from')), number(given.get('to'))]
  if (from !== undefined && to !== undefined && to > from) link.range = { from, to }
  const event = given.get('event')
  if (event && event.length <= LONGEST_ID) link.event = event
  const session = given.get('session')
  if (session && /^[\w-]{1,64}$/.test(session)) link.session = session
  return link
}

/** Of the address of the standalone page: `#playhead:…`. */
export function linkOfHash(hash: string): PanelLink | undefined {
  return hash.startsWith(`#${SCHEME}`) ? parseLink(hash.slice(1)) : undefined
}

/** Half a character cannot be part of an address. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

function number(text: string | null): number | undefined {
  return text !== null && /^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
