/**
 * Returns the origin to ask the user access for, of an address or origin that a page named. Undefined where it is no origin of the web, or
 * its host has a character such as a star: it could be visited, but would stand for many hosts in a match pattern.
 */
export function grantableOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, origin } = new URL(text)
  return /^https?:$/.test(protocol) && /^[\w.-]+$|^\[[\da-f:.]+\]$/i.test(hostname) ? origin : undefined
}
