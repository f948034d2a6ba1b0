import type { Help, KeyName } from './terms/definition'
import { KEY_NAMES, TERMS } from './terms/terms'

/** The terms that are written `key:value`, as completion and help show them. */
export const KEYS: readonly ({ key: KeyName } & Help)[] = KEY_NAMES.map(key => ({ key, ...TERMS[key].help }))

/** The forms that are not written `key:value`, as help shows them. */
export const FORMS: readonly Help[] = [
  TERMS.text.help,
  { example: '"two words"', does: 'exactly this' },
  TERMS.regex.help,
  TERMS.payload.help,
  TERMS.facet.help,
  { example: '-type:tick', does: 'not this' },
  { example: 'type:a|b', does: 'any of these' },
]
