import { type Alternative, type Range, tokenize } from './tokens'
import { type KeyHelp, keyHelp } from './vocabulary'

/** Where in the filter's text something can be completed, and with what. */
export interface Place extends Range {
  /** Letters before the caret that options must have. */
  typed: string
  hint: string
  /** `any`: keys, names, fields · `key`, `facet`, `payload`: a value of it. */
  what:
    | { form: 'any' }
    | { form: 'key'; help: KeyHelp }
    | { form: 'facet'; name: string }
    | { form: 'payload'; path: string[] }
  /** What a value stands behind: `type:`; empty: it is written whole, or stands there. */
  head: string
  /** An operator follows already. */
  compared?: boolean
}

export function placeOf(text: string, caret: number): Place | undefined {
  const any: Place['what'] = { form: 'any' }
  for (const token of tokenize(text)) {
    if (caret < token.from || caret > token.to) continue
    // Right behind a bar and before the next word: the alternatives' ends are those of what was written.
    const index = token.alternatives.findIndex(one => caret >= one.from && caret <= one.to)
    const alternative = token.alternatives[index]
    if (!alternative) {
      if (!/\|\s*$/.test(text.slice(0, caret))) continue
      const last = headOf(token.alternatives.filter(one => one.to < caret))
      if (!last) continue
      const value = { hint: hintOf(last), what: { form: 'key', help: last } as const, head: `${last.key}:` }
      return { from: caret, to: caret, typed: '', ...value }
    }
    const head = headOf(token.alternatives.slice(0, index))
    const at = { hint: '', head: '' }
    const inheriting = ({ from, to }: Range, help: KeyHelp): Place => {
      return {
        from,
        to,
        typed: text.slice(from, caret),
        hint: hintOf(help),
        what: { form: 'key', help },
        head: `${help.key}:`,
      }
    }
    switch (alternative.form) {
      case 'regex':
        return undefined
      case 'key': {
        const help = keyHelp(alternative.key)
        if (caret < alternative.valueFrom) {
          const { from } = alternative
          return { ...at, from, to: alternative.valueFrom, typed: text.slice(from, caret), what: any }
        }
        if (help)
          return { ...valueAt(text, caret, alternative), hint: hintOf(help), what: { form: 'key', help }, head: '' }
        if (alternative.quoted) return undefined
        if (head) return inheriting(alternative, head)
        return {
          ...at,
          from: alternative.from,
          to: alternative.to,
          typed: text.slice(alternative.from, caret),
          what: any,
        }
      }
      case 'comparison': {
        const { path, op, from, valueFrom } = alternative
        const to = valueFrom - op.length
        if (caret <= to) return { ...at, from, to, typed: text.slice(from, caret), what: any, compared: true }
        if (caret < valueFrom) return undefined
        if (op !== '=' && op !== '!=') return undefined
        const value = { ...valueAt(text, caret, alternative), head: '' }
        const [first, ...inside] = path
        if (first === 'payload' && inside.length > 0)
          return { ...value, hint: 'text, a number, true, false or null', what: { form: 'payload', path: inside } }
        return { ...value, hint: '', what: { form: 'facet', name: path.join('.') } }
      }
      case 'word': {
        if (alternative.quoted && !head) return undefined
        const lone = !head && index === 0 && !token.not && alternative.value === '-'
        const dash = lone && caret > alternative.from ? 1 : 0
        const word = valueAt(text, caret, alternative)
        const from = alternative.from + dash
        if (head) return { ...inheriting(alternative, head), ...word }
        return { ...at, from, to: alternative.to, typed: text.slice(from, caret), what: any }
      }
    }
  }
  if (!/^\s?$/.test(text[caret - 1] ?? '') && text[caret - 1] !== '|') return undefined
  return { from: caret, to: caret, typed: '', hint: '', what: any, head: '' }
}

/** The value from its beginning; an open quote goes to the caret alone: what stands behind it was not meant. */
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

/** The key whose values an alternative without one has: `type:a|b`. */
function headOf(before: readonly Alternative[]): KeyHelp | undefined {
  for (const alternative of [...before].reverse()) {
    if (alternative.form === 'comparison' || alternative.form === 'regex') return undefined
    if (alternative.form === 'key' && keyHelp(alternative.key)) return keyHelp(alternative.key)
  }
  return undefined
}

function hintOf({ example, does }: KeyHelp): string {
  return `${does}, as in ${example}`
}
