import type { Comparison } from './filter'

/** Writes a value after a `key:`, in quotes where the bare text would be read as something else. */
export function valueText(value: string): string {
  return isPlain(value) ? value : quoted(value)
}

/** Writes one step of a path, or the name of a facet. */
export function stepText(step: string): string {
  return /^([\p{L}_$]([\p{L}\p{N}_$-]*[\p{L}\p{N}_$])?|\d+)$/u.test(step) ? step : quoted(step)
}

/** Writes an operator and the value that it compares with. */
export function comparisonText({ op, value }: Comparison): string {
  return `${op}${comparedText(value)}`
}

/** Writes the value of a comparison so that a text is read back as a text and a number as a number. */
export function comparedText(value: Comparison['value']): string {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? `${value}n` : String(value)
  if (typeof value !== 'string') return String(value)
  return isPlain(value) && !isReadAsOther(value) ? value : quoted(value)
}

/** Writes a text in quotes. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

/** Tells whether bare text after an operator would be read as a number, true, false or null. */
function isReadAsOther(text: string): boolean {
  return /^(true|false|null)$/.test(text) || /^-?[\d.]/.test(text)
}

/** Tells whether a text needs no quotes. */
function isPlain(text: string): boolean {
  return text !== '' && /^[^\s"|=<>!][^\s|]*$/.test(text)
}
