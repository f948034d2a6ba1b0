/**
 * Writes JSON by putting texts together. `JSON.stringify` of an object or array calls a `toJSON` that the page may have put on a prototype;
 * of a string it does not.
 */
const stringify = JSON.stringify
const encoder = new TextEncoder()

/** Returns the UTF-8 bytes of a text. */
export const utf8 = encoder.encode.bind(encoder)

/** Writes a text as JSON. */
export function quote(text: string): string {
  return stringify(text)
}

/** Writes a number as JSON. NaN and infinities become `null`, which a reader refuses. */
export function number(value: number): string {
  return value - value === 0 ? `${value}` : 'null'
}

/** Writes a list as JSON; `write` writes one item. */
export function list<T>(items: readonly T[], write: (item: T) => string): string {
  let text = '['
  for (let i = 0; i < items.length; i++) text += i === 0 ? write(items[i]!) : `,${write(items[i]!)}`
  return `${text}]`
}
