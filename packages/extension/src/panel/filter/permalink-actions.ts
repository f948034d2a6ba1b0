import type { PanelEngine } from '../connection/engine-client'
import type { FilterText, Permalinks } from '../state/actions/filter'
import type { ListActions, SelectionActions } from '../state/actions/list'
import type { PanelActions } from '../state/actions/panel'
import type { SessionActions } from '../state/actions/sessions'
import { guard, say, showMessage } from '../state/report'
import type { Store } from '../state/store'
import { MOST_EVENTS, type Permalink, parsePermalink, printPermalink } from './permalink'

interface PermalinkNeeds {
  filter: Pick<FilterText, 'setText'>
  panel: Pick<PanelActions, 'copyText'>
  list: Pick<ListActions, 'show'>
  selection: Pick<SelectionActions, 'select' | 'choose'>
  sessions: Pick<SessionActions, 'refresh' | 'open'>
}

/** Makes and follows permalinks. `address` is that of the page which one is a part of, where there is one. */
export function createPermalinks(
  store: Store,
  engine: Pick<PanelEngine, 'read'>,
  { filter, panel, list, selection, sessions }: PermalinkNeeds,
  address?: () => string,
): Permalinks {
  /** Opens the session that is meant and returns its id; undefined where it is not here. */
  const openSession = async (wanted: string): Promise<string | undefined> => {
    await sessions.refresh()
    if (!store.sessions.peek().some(({ id }) => id === wanted)) return undefined
    const live = store.status.peek()?.session?.id
    sessions.open(wanted === live ? null : wanted)
    return wanted
  }

  const open = async ({ filter: text, range, events = [], session: wanted }: Permalink): Promise<void> => {
    const shown = store.shown.peek()?.id
    const session = !wanted || wanted === shown ? shown : await openSession(wanted)
    // The filter is set only now: that session may be of another app, and the filter of this one stays as it is.
    filter.setText(text)
    if (wanted && !session) return showMessage(store, 'The session of this link is not here. Its filter was applied.')
    if (!session) return
    if (range) {
      store.timeline.kept = { session, ...range }
      store.timeline.zoom.value = range
    }
    if (events.length > 0) await chooseEvents(session, events)
  }

  const chooseEvents = async (session: string, events: readonly string[]): Promise<void> => {
    const found = await Promise.all(events.map(event => engine.read.seqOfEvent(session, event)))
    const seqs = found.filter(seq => seq >= 0)
    const [first] = seqs
    const lost = events.length - seqs.length
    if (lost > 0) {
      const what = events.length === 1 ? 'The event' : `${lost} of the ${events.length} events`
      say(store, `${what} of this link ${lost === 1 ? 'is' : 'are'} not in the session any more.`)
    }
    if (first === undefined) return
    await list.show()
    selection.select(first, true)
    selection.choose(seqs)
  }

  /** Ids of the selected event and of the others chosen, that one first. */
  const chosenIds = async (): Promise<string[]> => {
    const session = store.shown.peek()?.id
    const selected = store.selected.peek()
    const seqs = [...new Set([selected, ...store.table.selection.peek()])].filter(seq => seq >= 0).slice(0, MOST_EVENTS)
    if (!session) return []
    const events = await Promise.all(seqs.map(seq => engine.read.detail(session, seq)))
    return events.flatMap(event => event?.id ?? [])
  }

  const permalink = async (): Promise<string> => {
    const { id } = store.shown.peek() ?? {}
    const events = await chosenIds()
    const range = store.timeline.zoom.peek()
    const text = printPermalink({
      filter: store.filterText.peek(),
      ...(range && { range }),
      ...(events.length > 0 && { events }),
      ...(id && { session: id }),
    })
    return address ? `${address()}#${text}` : text
  }

  return {
    permalink,
    copyPermalink: async () => panel.copyText(await permalink(), 'Link'),
    follow(text) {
      const link = parsePermalink(text.includes('#playhead:') ? text.slice(text.indexOf('#') + 1) : text)
      if (link) void guard(store, open(link))
      return link !== undefined
    },
  }
}
