import { type CompletionOption, valueOption } from './completion-option'
import { type Place, placeOf } from './completion-place'
import type { Filter, Term } from './filter'
import { parseFilter } from './parse'
import { printTerm } from './print'
import type { FieldName, Seen, SeenValues } from './seen'
import { TERMS } from './terms/terms'
import type { Range } from './tokens'
import { comparedText } from './value-text'
import { KEYS } from './vocabulary'

/** A field whose values can stand at the caret, and the letters before the caret that they must begin with. */
export interface FieldPlace {
  field: FieldName
  typed: string
}

/** What can be written at the caret. The range is the stretch of the text that an option replaces. */
export interface Completion extends Range {
  options: CompletionOption[]
  /** Says what can be written where there are no options; empty where there is nothing to say. */
  hint: string
}

/** At most so many options are offered. */
const MOST = 60
/** At most so many candidates are looked at. One that is not among the most frequent ones is found by more letters. */
const MOST_LOOKED_AT = 5000

/**
 * Returns what may stand at the caret, best first. `parseFilter` understands every option in its place, and its clause does not have it
 * yet.
 */
export function completeFilter(text: string, caret: number, seen: Seen): Completion {
  const place = placeOf(text, caret)
  if (!place) return { from: caret, to: caret, options: [], hint: '' }
  const { from, to, hint } = place
  let options = optionsAt(text, place, seen)
  // After a bar, letters that begin no value of the key before it may begin another key or name.
  if (options.length === 0 && place.inherits && place.typed && text[from] !== '"')
    options = optionsAt(text, { ...place, what: { form: 'any' }, head: '', inherits: false }, seen)
  return { from, to, options, hint }
}

function optionsAt(text: string, place: Place, seen: Seen): CompletionOption[] {
  const options: CompletionOption[] = []
  const known = new Set<string>()
  for (const { option, sample } of ranked(candidates(place, seen), place.typed)) {
    if (options.length >= MOST) break
    if (known.has(option.text)) continue
    known.add(option.text)
    const fitting = fits(text, place, option, sample)
    if (fitting) options.push(fitting)
  }
  return options
}

/** Returns the field whose values can stand at the caret; undefined where no such value can. */
export function fieldAt(text: string, caret: number): FieldPlace | undefined {
  const { what, typed = '' } = placeOf(text, caret) ?? {}
  if (what?.form === 'payload') return { field: { path: what.path }, typed }
  return what?.form === 'facet' ? { field: { facet: what.name }, typed } : undefined
}

/** Returns the text and the caret after an option was taken. */
export function accepted(
  text: string,
  { from, to }: Range,
  option: Pick<CompletionOption, 'text'>,
): { text: string; caret: number } {
  const rest = text.slice(to)
  const apart = rest === '' || /^[\s|]/.test(rest) || /[:=]$/.test(option.text) || /^[!<>=]/.test(rest) ? '' : ' '
  return { text: text.slice(0, from) + option.text + apart + rest, caret: from + option.text.length }
}

/** An option that may turn out not to fit. */
interface Candidate {
  option: CompletionOption
  /** A whole term that begins with the option, for the test of an option that is not a whole term yet. */
  sample?: string
}

function candidates({ what, typed }: Place, seen: Seen): Candidate[] {
  if (what.form === 'key') return TERMS[what.key].complete(seen).map(option => ({ option }))
  if (what.form === 'facet') {
    const counted = seen.facets.find(({ name }) => name === what.name)?.values ?? []
    const field = { facet: what.name }
    return fieldValues(field, typed, [{ field, values: counted, all: true }, ...seen.values])
  }
  if (what.form === 'payload') return fieldValues({ path: what.path }, typed, seen.values)
  return [
    ...KEYS.map(({ key, example, does }) => ({
      option: { text: `${key}:`, label: `${key}:`, sort: 'key' as const, does },
      sample: example,
    })),
    ...[...TERMS.facet.complete(seen), ...TERMS.payload.complete(seen)].map(option => ({
      ...{ option, sample: `${option.text}1` },
    })),
    ...(['type', 'source'] as const).flatMap(key =>
      seen[`${key}s`].map(({ name, count }) => ({
        option: valueOption(printTerm({ key, glob: name }), name, key, count),
      })),
    ),
    ...seen.marks.map(({ name }) => ({
      option: valueOption(printTerm({ key: 'mark', glob: name }), name, 'mark'),
    })),
  ]
}

function fieldValues(field: FieldName, typed: string, values: readonly SeenValues[]): Candidate[] {
  const name = JSON.stringify(field)
  const options = new Map<string, CompletionOption>()
  for (const seen of values) {
    if (JSON.stringify(seen.field) !== name) continue
    if (!typed.toLowerCase().startsWith(seen.typed?.toLowerCase() ?? '')) continue
    for (const { value: is, count } of seen.values) {
      const option = {
        ...valueOption(comparedText(is), String(is), '', count),
        ...(!seen.all && { more: true as const }),
      }
      const known = options.get(option.text)
      // An exact count is better than a count of some events; of two such counts the higher one is.
      const worse = known && (known.more ? !option.more || count > (known.count ?? 0) : false)
      if (!known || worse) options.set(option.text, option)
    }
  }
  return [...options.values()].map(option => ({ option }))
}

const SORTS = ['key', 'facet', 'value', 'path'] as const

/**
 * Sorts candidates: those that begin with the letters, then those of which a word does, then those that have them elsewhere; within each,
 * keys, facets, values and paths in this order, and frequent ones first. The others are left out.
 */
function ranked(all: readonly Candidate[], typed: string): Candidate[] {
  const letters = typed.toLowerCase()
  return all
    .slice(0, MOST_LOOKED_AT)
    .flatMap((candidate, order) => {
      const { label, sort, count = 0 } = candidate.option
      const text = label.toLowerCase()
      const at = text.indexOf(letters)
      if (at < 0) return []
      const inner = sort === 'path' && text.startsWith('payload.') ? at - 'payload.'.length : at
      const place = at === 0 || inner === 0 ? 0 : /[^\p{L}\p{N}]/u.test(text[at - 1] as string) ? 1 : 2
      return [{ candidate, place, sort: SORTS.indexOf(sort), count, order }]
    })
    .sort((a, b) => a.place - b.place || a.sort - b.sort || b.count - a.count || a.order - b.order)
    .map(({ candidate }) => candidate)
}

/** Returns an option as it is understood at the place; undefined where it is not. A value after a bar gets its key where it needs it. */
function fits(
  text: string,
  place: Place,
  option: CompletionOption,
  sample: string | undefined,
): CompletionOption | undefined {
  const { head } = place
  if (place.compared) {
    const path = { ...option, text: option.text.slice(0, -1) }
    return /^(facet|path)$/.test(option.sort) && isUnderstood(text, place, path.text, '') ? path : undefined
  }
  for (const form of place.inherits ? [option.text, head + option.text] : [option.text])
    if (isUnderstood(text, place, sample ?? form, sample ?? head + option.text)) return { ...option, text: form }
  return undefined
}

/** Tells whether a text makes no mistake in its place, means there what it means alone, and says what nothing else in its clause says. */
function isUnderstood(text: string, place: Place, form: string, alone: string): boolean {
  const next = accepted(text, place, { text: form })
  const { problems, clauses } = parseFilter(next.text)
  const [from, to] = [place.from, place.from + form.length]
  if (problems.some(problem => problem.from < to && problem.to > from)) return false
  const around = clauses.find(clause => clause.from <= from && clause.to >= to)
  if (!around) return false
  if (place.compared) return true
  const only = JSON.stringify(firstTerms(parseFilter(alone).filter)[0])
  return around.any.filter(term => JSON.stringify(term) === only).length === 1
}

function firstTerms(filter: Filter): readonly Term[] {
  return filter.all?.[0]?.any ?? []
}
