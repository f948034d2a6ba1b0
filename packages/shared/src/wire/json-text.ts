/**
 * JSON by concatenation: `JSON.stringify` of an object or array calls a `toJSON` that the page may have put on a prototype, of a string
 * it does not.
 */
const stringify = JSON.stringify
const encoder = new TextEncoder()

export const utf8 = encoder.encode.bind(encoder)

export function quote(text: string): string {
  return stringify(text)
}

/** `null` for what JSON has no number for: the reader refuses it. */
export function number(value: number): string {
  return value - value === 0 ? `${value}` : 'null'
}

export function list<T>(items: readonly T[], write: (item: T) => string): string {
  let text = '['
  for (let i = 0; i < items.length; i++) text += i === 0 ? write(items[i]!) : `,${write(items[i]!)}`
  return `${text}]`
}
