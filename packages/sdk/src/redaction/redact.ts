import type { RedactOptions } from '../api/options'

/**
 * Decides which keys hide their value. A key is split into words at case changes, digits and everything that is not a letter
 * (`accessToken`, `X-Api-Key`, `card_number2` → access token, x api key, card number). It is redacted if one word, or several
 * neighbouring words written together, is in `WORDS`; so `discard`, `tokenize` and `maxTokens` are not. The names in `INSIDE` are
 * unmistakable and count anywhere in the key (`userpassword`). Further keys given as text match the whole name in any case.
 */
const WORDS = new Set(
  (
    'password passwords passwd pwd passphrase passcode token authorization cookie cookies secret ' +
    'secrets apikey privatekey credential credentials card cvv cvc ssn iban jwt bearer'
  ).split(' '),
)
const INSIDE =
  'password passwd apikey authorization accesstoken refreshtoken authtoken sessiontoken csrftoken clientsecret secretkey'.split(
    ' ',
  )
const LONGEST = 3

/** Returns the rule that redacts the value of `key`, as text; empty where none does. */
export type RedactRule = (key: string) => string

export function redactRule(options: RedactOptions | false | undefined): RedactRule {
  if (options === false) return () => ''
  const defaults = options?.defaults !== false
  const names = new Set<string>()
  const patterns: RegExp[] = []
  for (const key of [options?.keys ?? []].flat()) {
    if (typeof key === 'string') names.add(key.toLowerCase())
    else patterns.push(new RegExp(key.source, key.flags.replace(/[gy]/g, '')))
  }
  return key => {
    if (names.has(key.toLowerCase())) return key.toLowerCase()
    for (const pattern of patterns) if (pattern.test(key)) return String(pattern)
    return defaults ? builtIn(key) : ''
  }
}

function builtIn(key: string): string {
  const words = splitWords(key)
  for (let from = 0; from < words.length; from++) {
    let joined = ''
    for (let to = from; to < words.length && to < from + LONGEST; to++) {
      joined += words[to]
      if (WORDS.has(joined)) return joined
    }
  }
  const lower = words.join('')
  return INSIDE.find(name => lower.includes(name)) ?? ''
}

/** Splits a key into words in lower case: `HTTPCookieJar2` becomes http, cookie, jar. */
export function splitWords(key: string): string[] {
  return key
    .slice(0, 256)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .filter(Boolean)
    .map(word => word.toLowerCase())
}
