import type { FieldValues, Vocabulary } from '@playhead/engine/contract/vocabulary'
import type { FieldPlace } from '@playhead/shared/filter/complete'
import type { FieldName, SeenValues } from '@playhead/shared/filter/seen'
import type { PanelEngine } from '../connection/engine-client'
import type { Store } from '../state/store'

/** What the engine told is new enough for so many ms. */
const FRESH = 15_000
/** All events are looked at after so many ms without a keystroke; how far that is, is asked again after so many. */
const PATIENCE = 250
const AGAIN = 100
/** At most so many answers are kept; an answer of fewer values than this holds all that there are. */
const MOST = 20
const FULL = 100

/**
 * Asks for the values of the field the caret is behind: those of a sample first. What that does not tell is looked for by the letters that
 * are typed, among all events, when the typing pauses and while it is listed.
 */
export function createFieldValues(store: Store, engine: Pick<PanelEngine, 'read'>) {
  const { filter } = store
  /** When each field, and what was typed of it, was asked for. */
  const asked = new Map<string, number>()
  let turn = 0

  const isFresh = (key: string) => performance.now() - (asked.get(key) ?? Number.NEGATIVE_INFINITY) < FRESH
  const keep = (field: FieldName, typed: string | undefined, { values, all }: FieldValues) => {
    const key = keyOf({ field, typed })
    const others = filter.values.peek().filter(one => keyOf(one) !== key)
    const told: SeenValues = { field, values, all, ...(typed !== undefined && { typed }) }
    filter.values.value = [told, ...others].slice(0, MOST)
  }
  const loadSample = async (session: string, field: FieldName) => {
    const key = keyOf({ field })
    // The values of facets come with the names: they need not be asked for.
    if ('facet' in field || isFresh(key)) return
    const { path } = field
    asked.set(key, performance.now())
    // An answer that takes long on a busy machine is not offered; it is no reason to think that the engine died.
    const told = await engine.read.fieldValues(session, path).catch(() => null)
    if (!told) asked.delete(key)
    else if (store.shown.peek()?.id === session) keep(field, undefined, told)
  }
  /** Says whether an answer has all values that begin so, or as many as are told at most. */
  const isKnown = (field: FieldName, typed: string) => {
    if ('facet' in field && isToldWhole(filter.vocabulary.peek(), field.facet)) return true
    const name = JSON.stringify(field)
    return filter.values.peek().some(one => {
      const begins = typed.toLowerCase().startsWith(one.typed?.toLowerCase() ?? '')
      const whole = one.values.length < FULL && (one.all || one.typed !== undefined)
      return JSON.stringify(one.field) === name && begins && (whole || one.typed === typed) && isFresh(keyOf(one))
    })
  }
  const lookFor = async (session: string, field: FieldName, typed: string, goesOn: () => boolean) => {
    const key = keyOf({ field, typed })
    for (;;) {
      const found = await engine.read.valuesFrom(session, field, typed).catch(() => null)
      if (!found || !goesOn()) return
      if (found.values.length > 0 || found.done) keep(field, typed, found)
      if (found.done) {
        asked.set(key, performance.now())
        return
      }
      await pause(AGAIN)
      if (!goesOn()) return
    }
  }
  const load = async ({ field, typed }: FieldPlace) => {
    const mine = ++turn
    const session = store.shown.peek()?.id
    const goesOn = () => turn === mine && filter.listing.peek() && store.shown.peek()?.id === session
    if (session) await loadSample(session, field)
    if (session && goesOn() && typed !== '' && !isKnown(field, typed)) {
      filter.looking.value = true
      await pause(PATIENCE)
      if (goesOn() && !isKnown(field, typed)) await lookFor(session, field, typed, goesOn)
    }
    // This is so where there was nothing to look for as well: looking for what was typed before has been given up.
    if (turn === mine) filter.looking.value = false
  }

  return {
    /** Forgets all values: another session is shown. */
    forget() {
      turn++
      asked.clear()
      filter.values.value = []
      filter.looking.value = false
    },
    /** Asks for the values at this place; undefined where the caret is behind no field. */
    load(place: FieldPlace | undefined) {
      if (place) void load(place)
      else {
        turn++
        filter.looking.value = false
      }
    },
  }
}

/** Says whether the names that are known hold all values of the facet. */
function isToldWhole(vocabulary: Vocabulary | null, facet: string): boolean {
  const told = vocabulary?.facets.find(({ name }) => name === facet)
  if (!told) return vocabulary !== null
  return told.counted && told.different === told.texts.length && (told.range === null || told.numbers.length > 0)
}

function keyOf({ field, typed }: { field: FieldName; typed?: string | undefined }): string {
  return JSON.stringify([field, typed])
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}
