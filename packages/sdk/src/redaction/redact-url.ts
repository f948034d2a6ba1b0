import type { RedactRule } from './redact'

const PARAMETER = /([?&#;])([^=?&#;]*)=([^&#;]*)/g

/** Returns the address without user and password, and without the values of parameters, in query and fragment, that `rule` redacts. */
export function redactUrl(href: string, rule: RedactRule): string {
  return href
    .replace(/^([a-z][\w+.-]*:\/\/)[^/?#]*@/i, '$1')
    .replace(PARAMETER, (whole, sign: string, name: string) =>
      rule(decoded(name)) ? `${sign}${name}=redacted` : whole,
    )
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
