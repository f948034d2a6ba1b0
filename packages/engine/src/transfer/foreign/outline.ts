/** Levels of nesting that an outline tells of. */
const DEEPEST = 4
/** Characters of a text that it tells. */
const MOST = 200

/**
 * What stands where in the beginning of a JSON text, also of one that is cut: paths of keys, with `*` for the first element of a list, and
 * their values, of which objects are `{` and lists `[`. The text itself has the path ''.
 *
 *     {"log":{"version":"1.2","entries":[{"time":3}, …   ─▶   '' {, log {, log.version '1.2', log.entries [, log.entries.* {, …
 */
export function outlineOf(text: string): Map<string, unknown> {
  const found = new Map<string, unknown>()
  let at = 0
  const spaces = () => {
    while (at < text.length && ' \n\r\t\ufeff\u001e'.includes(text[at] as string)) at++
  }
  const string = (): string => {
    const start = at++
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    at++
    const raw = text.slice(start, Math.min(at, start + MOST))
    try {
      return JSON.parse(at - start <= MOST ? raw : `${raw.replace(/\\[^\\]*$/, '')}"`) as string
    } catch {
      return raw.slice(1)
    }
  }
  const value = (path: string, depth: number, counts: boolean): void => {
    spaces()
    const char = text[at]
    if (char === undefined || depth > 400) {
      at = text.length
      return
    }
    const put = (is: unknown) => {
      if (counts && depth <= DEEPEST && !found.has(path)) found.set(path, is)
    }
    if (char === '"') put(string())
    else if (char === '{' || char === '[') {
      put(char)
      at++
      members(path, depth, counts, char === '{')
    } else {
      const word = /^[-+.\w]+/.exec(text.slice(at, at + 40))?.[0] ?? char
      at += word.length
      put(word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : Number(word))
    }
  }
  const members = (path: string, depth: number, counts: boolean, isObject: boolean): void => {
    for (let index = 0; at < text.length; index++) {
      spaces()
      if (text[at] === '}' || text[at] === ']') {
        at++
        return
      }
      if (text[at] === ',') at++
      spaces()
      let key = '*'
      if (isObject) {
        if (text[at] !== '"') {
          at = text.length
          return
        }
        key = string()
        spaces()
        at++
      }
      value(path ? `${path}.${key}` : key, depth + 1, counts && (isObject || index === 0))
    }
  }
  value('', 0, true)
  return found
}

/** The scalars inside the value at a path, by their paths from there: enough of an object to tell what it is. */
export function sampleOf(outline: ReadonlyMap<string, unknown>, path: string): Record<string, unknown> {
  const prefix = path && `${path}.`
  return Object.fromEntries(
    [...outline].flatMap(([key, value]) =>
      key !== path && key.startsWith(prefix) && value !== '{' && value !== '['
        ? [[key.slice(prefix.length), value]]
        : [],
    ),
  )
}

/** A line without the byte order mark or the record separator (of a JSON sequence, RFC 7464) before it. */
export function withoutMark(line: string): string {
  let from = 0
  while (line.charCodeAt(from) === 0xfeff || line.charCodeAt(from) === 0x1e) from++
  return line.slice(from)
}
