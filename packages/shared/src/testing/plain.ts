/** What a container holds as plain JSON: columns as lists, numbers JSON lacks as text. */
export function plain(value: unknown): unknown {
  if (typeof value === 'number') return value - value === 0 ? value : String(value)
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array, plain)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
}
