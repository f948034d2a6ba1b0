/**
 * The origin to ask access for, from one that a page or an address named; undefined where there is none to ask for. A host with a star
 * can be visited, and as a match pattern would stand for many.
 */
export function grantableOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, origin } = new URL(text)
  return /^https?:$/.test(protocol) && /^[\w.-]+$|^\[[\da-f:.]+\]$/i.test(hostname) ? origin : undefined
}
