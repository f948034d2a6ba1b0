/**
 * The way in which payload text carries values that JSON lacks. A tagged value is an object whose first key is `$ph`:
 *
 *     {"$ph":"undefined"}                          {"$ph":"hole"}            a missing array element
 *     {"$ph":"sparse","length":n,"v":{"7":…}}      an array that misses many elements: those it has, by their index
 *     {"$ph":"number","v":"NaN"}                   NaN, Infinity, -Infinity, -0
 *     {"$ph":"bigint","v":"123"}                   {"$ph":"symbol","v":"description"}
 *     {"$ph":"date","v":"2026-01-02T03:04:05.006Z"}  v null: an invalid date
 *     {"$ph":"regexp","v":["source","flags"]}
 *     {"$ph":"map","v":[[key,value],…]}            {"$ph":"set","v":[…]}
 *     {"$ph":"bytes","type":"Uint8Array","v":[…]}  typed arrays, ArrayBuffer, DataView; numbers or tagged numbers
 *     {"$ph":"error","name":…,"message":…,"stack":…,"v":{own properties}}
 *     {"$ph":"function","v":"name"}                {"$ph":"node","v":"div#id.class"}
 *     {"$ph":"instance","type":"ClassName","v":{own properties}}   or another value that says what it is: {…,"type":"Decimal","v":"1.50"}
 *     {"$ph":"cycle","v":n}                        the value n levels up (1 = the object that holds it)
 *     {"$ph":"getter"}                             an accessor: never called
 *     {"$ph":"redacted","v":"key"}                 the rule that replaced it
 *     {"$ph":"cut","type":"object","size":n}       dropped by a budget: what it was, entries or characters it had (-1 unknown)
 *     {"$ph":"string","v":"beginning…","size":n}   a string cut to a budget, n characters in all
 *     {"$ph":"threw","v":"message"}                reading it threw
 *
 * A plain object's own key that is `$ph` with any number of `$` before it (`$ph`, `$$ph`, …) gets one `$` more.
 * Where an object or array is cut in its middle, its last entry says so: key `$ph:cut` (value: number of dropped keys), or a last
 * element `{"$ph":"cut","type":"elements","size":dropped}`.
 */
export const TAG = '$ph'
/** The key of an object's last entry, where keys were dropped; its value is how many. */
export const CUT_KEY = '$ph:cut'

export const TAGS = [
  'undefined',
  'hole',
  'sparse',
  'number',
  'bigint',
  'symbol',
  'date',
  'regexp',
  'map',
  'set',
  'bytes',
  'error',
  'function',
  'node',
  'instance',
  'cycle',
  'getter',
  'redacted',
  'cut',
  'string',
  'threw',
] as const
export type Tag = (typeof TAGS)[number]

const ESCAPED = /^\$+ph(:cut)?$/

/** Returns the key under which a plain object's own key is written. */
export function escapeKey(key: string): string {
  return ESCAPED.test(key) ? `$${key}` : key
}

/** Returns the plain object's own key again. */
export function unescapeKey(key: string): string {
  return key.startsWith('$$') && ESCAPED.test(key) ? key.slice(1) : key
}
