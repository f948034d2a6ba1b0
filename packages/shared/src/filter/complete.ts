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

export interface FieldPlace {
  field: FieldName
  typed: string
}

/** The stretch that an option replaces; without options what can be written there, if anything. */
export interface Completion extends Range {
  options: CompletionOption[]
  hint: string
}

const MOST = 60
/** Looked at for one completion: what is not among the most frequent ones is found by more letters. */
const MOST_LOOKED_AT = 5000

/** What may stand at the caret, best first. Every option is one that `parseFilter` understands there, and that its clause lacks. */
export function completeFilter(text: string, caret: number, seen: Seen): Completion {
  const place = placeOf(text, caret)
  if (!place) return { from: caret, to: caret, options: [], hint: '' }
  const { from, to, hint } = place
  let options = optionsAt(text, place, seen)
  // Behind a bar, what is no value of the same may be the beginning of something else.
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

/** The field whose values can stand at the caret, and the letters they must have; undefined: it is not there. */
export function fieldAt(text: string, caret: number): FieldPlace | undefined {
  const { what, typed = '' } = placeOf(text, caret) ?? {}
  if (what?.form === 'payload') return { field: { path: what.path }, typed }
  return what?.form === 'facet' ? { field: { facet: what.name }, typed } : undefined
}

/** The text and the caret once `option` is taken. */
export function accepted(
  text: string,
  { from, to }: Range,
  option: Pick<CompletionOption, 'text'>,
): { text: string; caret: number } {
  const rest = text.slice(to)
  const apart = rest === '' || /^[\s|]/.test(rest) || /[:=]$/.test(option.text) || /^[!<>=]/.test(rest) ? '' : ' '
  return { text: text.slice(0, from) + option.text + apart + rest, caret: from + option.text.length }
}

interface Candidate {
  option: CompletionOption
  /** A whole term for one that is not whole yet. */
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
      // An exact count is better than one of some events; of two such the one of more events.
      const worse = known && (known.more ? !option.more || count > (known.count ?? 0) : false)
      if (!known || worse) options.set(option.text, option)
    }
  }
  return [...options.values()].map(option => ({ option }))
}

const SORTS = ['key', 'facet', 'value', 'path'] as const

/** What begins with the letters, then what has a word that does, then what has them at all; frequent ones first, and without letters in order. */
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

/** The option where it is understood at this place; a value behind a bar with its key where it would be taken for something else. */
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

/** Nothing wrong with it in its place, and it says what it says alone, which nothing else in the clause does. */
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
