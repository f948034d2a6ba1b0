import { fieldAt } from '@playhead/shared/filter/complete'
import type { Seen } from '@playhead/shared/filter/seen'
import { stepsOf } from '@playhead/shared/values/field-path'
import { messageOf } from '@playhead/shared/values/message-of'
import type { Actions } from '../app/actions'
import type { PanelEngine } from '../connection/engine-client'
import { appOf } from '../sessions/session-title'
import { save } from '../state/saved'
import { type Store, say } from '../state/store'
import {
  importFilters,
  LARGEST_FILE,
  MOST_FILTERS,
  MOST_RECENT,
  printFilters,
  renamed,
  type SavedFilter,
  withFilter,
  withoutFilter,
} from '../state/stored-filters'
import { download } from '../widgets/download'
import { createFieldValues } from './field-values'
import { MOST_EVENTS, type PanelLink, parseLink, printLink } from './permalink'

/** ms for which what the engine said is new enough. */
const FRESH = 2000
const FRESH_FIELDS = 15_000
const MOST_PATHS = 500

export interface LinkHost {
  /** The address that a link is a part of; none in DevTools. */
  address?: () => string
}

/** What the user does with the filter besides writing it: names to choose from, filters to keep, links. */
export function createFilterActions(
  store: Store,
  actions: Actions,
  engine: Pick<PanelEngine, 'read'>,
  { address }: LinkHost = {},
) {
  const { filter } = store
  let asked = { session: '', names: 0, fields: 0 }
  const fieldValues = createFieldValues(store, engine)

  const keep = (filters: SavedFilter[]) => {
    filter.saved.value = filters
    save({ filters })
  }
  const loadFields = async (session: string) => {
    const sums = new Map<string, number>()
    for (const { fields } of await engine.read.fields(session)) {
      for (const { path, seen } of fields) if (path) sums.set(path, (sums.get(path) ?? 0) + seen)
    }
    if (store.shown.peek()?.id !== session) return
    // What is in an array is reached by its index: nobody types that.
    filter.paths.value = [...sums]
      .sort(([, a], [, b]) => b - a)
      .flatMap(([text, count]): Seen['paths'] => {
        const path = stepsOf(text)
        return path ? [{ path, count }] : []
      })
      .slice(0, MOST_PATHS)
  }
  /** Asks for what is too old only. */
  const load = async (withFields: boolean) => {
    const session = store.shown.peek()?.id
    if (!session) return
    const now = performance.now()
    if (session !== asked.session) {
      asked = { session, names: Number.NEGATIVE_INFINITY, fields: Number.NEGATIVE_INFINITY }
      filter.paths.value = []
      fieldValues.forget()
    }
    const work: Promise<unknown>[] = []
    if (now - asked.names > FRESH) {
      asked.names = now
      work.push(
        engine.read.vocabulary(session).then(vocabulary => {
          if (store.shown.peek()?.id === session) filter.vocabulary.value = vocabulary
        }),
      )
    }
    if (withFields && now - asked.fields > FRESH_FIELDS) {
      asked.fields = now
      work.push(loadFields(session))
    }
    // Nothing is offered then; the box works without.
    await Promise.all(work).catch(() => {})
  }

  const openLink = async (link: PanelLink): Promise<void> => {
    const { range, events = [], session: wanted } = link
    let session = store.shown.peek()?.id
    if (!wanted || wanted === session) actions.setFilterText(link.filter)
    else {
      await actions.refreshSessions()
      if (!store.sessions.peek().some(({ id }) => id === wanted)) {
        actions.setFilterText(link.filter)
        store.message.value = { text: 'The session of this link is not here. Its filter was applied.', where: '' }
        return
      }
      const live = store.status.peek()?.session?.id
      actions.openSession(wanted === live ? null : wanted)
      // Not before: that session may be of another app, and the filter of this one stays as it is.
      actions.setFilterText(link.filter)
      session = wanted
    }
    if (!session) return
    if (range) {
      store.timeline.kept = { session, ...range }
      store.timeline.zoom.value = range
    }
    if (events.length === 0) return
    const of = session
    const found = await Promise.all(events.map(event => engine.read.seqOfEvent(of, event)))
    const seqs = found.filter(seq => seq >= 0)
    const [first] = seqs
    const lost = events.length - seqs.length
    if (lost > 0) {
      const what = events.length === 1 ? 'The event' : `${lost} of the ${events.length} events`
      say(store, `${what} of this link ${lost === 1 ? 'is' : 'are'} not in the session any more.`)
    }
    if (first === undefined) return
    await actions.show()
    actions.select(first, true)
    store.table.selection.value = new Set(seqs)
    store.table.pivot.value = first
  }
  /** Ids of the selected event and the others chosen, that one first. */
  const chosenIds = async (): Promise<string[]> => {
    const session = store.shown.peek()?.id
    const selected = store.selected.peek()
    const seqs = [...new Set([selected, ...store.table.selection.peek()])].filter(seq => seq >= 0).slice(0, MOST_EVENTS)
    if (!session) return []
    const events = await Promise.all(seqs.map(seq => engine.read.detail(session, seq)))
    return events.flatMap(event => event?.id ?? [])
  }

  return {
    load: (withFields: boolean) => void load(withFields),
    /** Asks for what can stand at the caret. */
    loadFor(text: string, caret: number) {
      void load(true)
      fieldValues.load(fieldAt(text, caret))
    },
    appOf: () => appOf(store.shown.value),
    /** The text was meant: it is offered again. */
    remember(text: string) {
      const line = text.trim()
      if (line === '' || line.length > 500 || store.parsed.peek().problems.length > 0) return
      if (filter.recent.peek()[0] === line) return
      filter.recent.value = [line, ...filter.recent.peek().filter(one => one !== line)].slice(0, MOST_RECENT)
      save({ recent: filter.recent.value })
    },
    saveAs(name: string) {
      const next = withFilter(filter.saved.value, {
        app: appOf(store.shown.peek()),
        name,
        text: store.filterText.value,
      })
      if (next) keep(next)
      else if (filter.saved.value.length >= MOST_FILTERS)
        say(store, `There is room for ${MOST_FILTERS} filters. Delete some first.`)
    },
    rename(old: SavedFilter, name: string) {
      const next = renamed(filter.saved.value, old, name)
      if (next) keep(next)
      else if (name.trim() !== old.name)
        say(store, name.trim() ? 'There is a filter of this name already.' : 'A filter needs a name.')
    },
    remove: (gone: SavedFilter) => keep(withoutFilter(filter.saved.value, gone)),
    exportFilters() {
      download(new Blob([printFilters(filter.saved.value)], { type: 'application/json' }), 'playhead-filters.json')
    },
    async importFilters(file: Blob) {
      const text = file.size <= LARGEST_FILE ? await file.text() : 'x'.repeat(LARGEST_FILE + 1)
      const read = importFilters(filter.saved.value, text)
      if (!read.ok) {
        store.message.value = { text: `The filters were not imported: ${read.message}.`, where: '' }
        return
      }
      keep(read.filters)
      const { added, skipped } = read
      say(store, `${added} ${added === 1 ? 'filter' : 'filters'} imported${skipped ? `, ${skipped} left out` : ''}.`)
    },
    /** Where the panel is now, as text. */
    async linkText(): Promise<string> {
      const { id } = store.shown.peek() ?? {}
      const events = await chosenIds()
      const range = store.timeline.zoom.peek()
      const text = printLink({
        filter: store.filterText.peek(),
        ...(range && { range }),
        ...(events.length > 0 && { events }),
        ...(id && { session: id }),
      })
      return address ? `${address()}#${text}` : text
    },
    async copyLink() {
      await actions.copyText(await this.linkText(), 'Link')
    },
    /** Whether the text is a link: it is followed then. */
    follow(text: string): boolean {
      const link = parseLink(text.includes('#playhead:') ? text.slice(text.indexOf('#') + 1) : text)
      if (!link) return false
      void openLink(link).catch(error => {
        store.message.value = { text: messageOf(error), where: '' }
      })
      return true
    },
  }
}

export type FilterActions = ReturnType<typeof createFilterActions>
