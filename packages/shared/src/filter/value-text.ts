import type { Comparison } from './filter'

/** A value as it stands behind a `key:`; in quotes where the bare text would be read as something else. */
export function valueText(value: string): string {
  return isPlain(value) ? value : quoted(value)
}

/** One step of a path, or the name of a facet. */
export function stepText(step: string): string {
  return /^([\p{L}_$]([\p{L}\p{N}_$-]*[\p{L}\p{N}_$])?|\d+)$/u.test(step) ? step : quoted(step)
}

/** An operator and what it compares with. */
export function comparisonText({ op, value }: Comparison): string {
  return `${op}${comparedText(value)}`
}

/** The value of a comparison, written so that text stays text and a number stays a number. */
export function comparedText(value: Comparison['value']): string {
  if (typeof value !== 'string') return String(value)
  return isPlain(value) && !isReadAsOther(value) ? value : quoted(value)
}

export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

/** Whether bare text behind an operator would be read as a number, true, false or null. */
function isReadAsOther(text: string): boolean {
  return /^(true|false|null)$/.test(text) || /^-?[\d.]/.test(text)
}

function isPlain(text: string): boolean {
  return text !== '' && /^[^\s"|=<>!][^\s|]*$/.test(text)
}
