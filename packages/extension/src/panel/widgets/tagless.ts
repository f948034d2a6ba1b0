const LEAF =
  /\{"\$ph":"(\w+)"(?:,"type":"((?:[^"\\]|\\.)*)")?(?:,"v":("(?:[^"\\]|\\.)*"|null|\[(?:"(?:[^"\\]|\\.)*",?)*\]|\d+))?(?:,"size":(-?\d+))?\}/g
const ERROR =
  /\{"\$ph":"error","name":"((?:[^"\\]|\\.)*)","message":"((?:[^"\\]|\\.)*)","stack":(?:"(?:[^"\\]|\\.)*"|\{[^{}]*\})(?:,"v":\{\})?\}/g
/** Containers keep their closing bracket: only their beginning is put in other words. */
const CONTAINER = /\{"\$ph":"(map|set|bytes|instance|error)"(?:,"type":"((?:[^"\\]|\\.)*)")?,"v":/g
const SPARSE = /\{"\$ph":"sparse","length":(\d+),"v":/g
/** A tagged value that the end of the text cut off: whatever is left of any. Quotes inside of a text have a backslash before them. */
const CUT_OFF = /\{"\$ph[\s\S]*$/
/** The last entry of an object that was cut says how many are missing; it may be cut off, too. */
const MISSING = /,?"\$ph:cut":(\d+)/g
const MISSING_CUT_OFF = /,?"\$ph(?::\w*"?:?\d*)?$/

const NAMES: Record<string, string> = { map: 'Map', set: 'Set', bytes: 'Bytes', error: 'Error', instance: 'Object' }

/**
 * The beginning of a payload's text, which may be cut anywhere, with tagged values (values/tags) as people write them: `150n`, a date, a
 * Map. It works on the text, since a row has no more of it than there is room for.
 */
export function withoutTags(json: string): string {
  if (!json.includes('"$ph')) return json
  return json
    .replace(ERROR, (_, name: string, message: string) => `${name}: ${message}`)
    .replace(LEAF, (_, tag: string, type = '', v = '', size = '') => word(tag, type, v, size))
    .replace(SPARSE, (_, length: string) => `Array(${length}) {`)
    .replace(CONTAINER, (_, tag: string, type = '') => `${type || NAMES[tag]} {`)
    .replace(CUT_OFF, '…')
    .replace(MISSING, ',… $1 more')
    .replace(MISSING_CUT_OFF, '…')
}

function word(tag: string, type: string, v: string, size: string): string {
  const text = v.startsWith('"') ? v.slice(1, -1) : v
  switch (tag) {
    case 'undefined':
      return 'undefined'
    case 'hole':
      return 'empty'
    case 'bigint':
      return `${text}n`
    case 'date':
      return v === 'null' ? 'Invalid Date' : text
    case 'symbol':
      return `Symbol(${text})`
    case 'regexp': {
      const [source = '', flags = ''] = (/^\["((?:[^"\\]|\\.)*)","(\w*)"\]$/.exec(v) ?? []).slice(1)
      return `/${source}/${flags}`
    }
    case 'function':
      return `ƒ ${text}()`
    case 'node':
      return `<${text}>`
    case 'cycle':
      return '↩'
    case 'getter':
      return '(getter)'
    case 'redacted':
      return '••••'
    case 'cut':
      return `✂ ${type}${Number(size) >= 0 ? ` (${size})` : ''}`
    case 'string':
      return `"${text}…"`
    case 'map':
    case 'set':
    case 'bytes':
      return `${type || NAMES[tag]} {${v}}`
    case 'instance':
      return `${type} ${v}`
    default:
      return text
  }
}
