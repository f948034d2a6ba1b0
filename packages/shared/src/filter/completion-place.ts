import { isPayloadPath } from './terms/comparison'
import type { KeyName } from './terms/definition'
import { isKeyName, TERMS } from './terms/terms'
import { type Alternative, type Range, tokenize } from './tokens'

/** A place in the filter's text where something can be completed. The range is what an option replaces. */
export interface Place extends Range {
  /** The letters before the caret, which options must have. */
  typed: string
  /** What can be written where no option fits. */
  hint: string
  /** What is completed: `any` stands for keys, names and fields, the others for a value of a key, a facet, or a payload's field. */
  what:
    | { form: 'any' }
    | { form: 'key'; key: KeyName }
    | { form: 'facet'; name: string }
    | { form: 'payload'; path: string[] }
  /** The text before a value: `type:`, `payload.a=`. Empty where no value is completed. */
  head: string
  /** True: the head stands before an alternative further left, as for `b` in `type:a|b`. */
  inherits: boolean
  /** True: an operator follows already. */
  compared?: boolean
}

/** A key or the begin of a comparison, after which a value can stand. */
type Head = Pick<Place, 'hint' | 'what' | 'head'>

const ANY: Head & { inherits: false } = { hint: '', what: { form: 'any' }, head: '', inherits: false }

/** Returns the place at the caret; undefined where nothing can be completed, as within a regular expression. */
export function placeOf(text: string, caret: number): Place | undefined {
  for (const token of tokenize(text)) {
    if (caret < token.from || caret > token.to) continue
    // The caret may stand after a bar and before the next word, where no alternative reaches.
    const index = token.alternatives.findIndex(one => caret >= one.from && caret <= one.to)
    const alternative = token.alternatives[index]
    if (!alternative) {
      if (!/\|\s*$/.test(text.slice(0, caret))) continue
      const last = headBefore(
        text,
        token.alternatives.filter(one => one.to < caret),
      )
      if (!last) continue
      return { from: caret, to: caret, typed: '', ...last, inherits: true }
    }
    const before = headBefore(text, token.alternatives.slice(0, index))
    switch (alternative.form) {
      case 'regex':
        return undefined
      case 'key': {
        const { from, to, valueFrom, quoted } = alternative
        if (caret < valueFrom) return { ...ANY, from, to: valueFrom, typed: text.slice(from, caret) }
        const own = headOf(text, alternative)
        if (own) return { ...valueAt(text, caret, alternative), ...own, inherits: false }
        if (quoted) return undefined
        return { from, to, typed: text.slice(from, caret), ...(before ? { ...before, inherits: true } : ANY) }
      }
      case 'comparison': {
        const { op, from, valueFrom } = alternative
        const to = valueFrom - op.length
        if (caret <= to) return { ...ANY, from, to, typed: text.slice(from, caret), compared: true }
        const own = headOf(text, alternative)
        if (caret < valueFrom || !own) return undefined
        return { ...valueAt(text, caret, alternative), ...own, inherits: false }
      }
      case 'word': {
        if (before) return { ...valueAt(text, caret, alternative), ...before, inherits: true }
        if (alternative.quoted) return undefined
        const lone = index === 0 && !token.not && alternative.value === '-'
        const from = alternative.from + (lone && caret > alternative.from ? 1 : 0)
        return { ...ANY, from, to: alternative.to, typed: text.slice(from, caret) }
      }
    }
  }
  if (!/^\s?$/.test(text[caret - 1] ?? '') && text[caret - 1] !== '|') return undefined
  return { ...ANY, from: caret, to: caret, typed: '' }
}

/**
 * Returns the range of a value and its letters before the caret. A quote that is not closed ends at the caret: what follows was not meant.
 */
function valueAt(
  text: string,
  caret: number,
  { valueFrom, quoted, to }: Alternative & { form: 'key' | 'comparison' | 'word' },
) {
  const closed = quoted && to - valueFrom > 1 && text[to - 1] === '"'
  const typed = text.slice(valueFrom + (quoted ? 1 : 0), caret).replace(/\\(.)/gs, '$1')
  return {
    from: valueFrom,
    to: quoted && !closed ? caret : to,
    typed: closed && caret === to ? typed.slice(0, -1) : typed,
  }
}

/**
 * Returns the head that an alternative without a key takes from those before it: `type:a|b`, `payload.a=1|2`. Undefined where none has
 * one.
 */
function headBefore(text: string, before: readonly Alternative[]): Head | undefined {
  const last = before.findLast(one => one.form === 'comparison' || (one.form === 'key' && isKeyName(one.key)))
  return last && headOf(text, last)
}

/** Returns the head of an alternative; undefined where it is neither a known key nor a comparison with `=` or `!=`. */
function headOf(text: string, alternative: Alternative): Head | undefined {
  if (alternative.form !== 'key' && alternative.form !== 'comparison') return undefined
  const head = text.slice(alternative.from, alternative.valueFrom)
  if (alternative.form === 'key') {
    const { key } = alternative
    if (!isKeyName(key)) return undefined
    const { does, example } = TERMS[key].help
    return { head, hint: `${does}, as in ${example}`, what: { form: 'key', key } }
  }
  const { path, op } = alternative
  if (op !== '=' && op !== '!=') return undefined
  if (isPayloadPath(path))
    return { head, hint: 'text, a number, true, false or null', what: { form: 'payload', path: path.slice(1) } }
  return { head, hint: '', what: { form: 'facet', name: path.join('.') } }
}
