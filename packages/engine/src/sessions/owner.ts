import type { ProducerInfo } from '@playhead/shared/model/session'
import type { HelloMessage } from '@playhead/shared/wire/messages'
import type { LinkInfo } from '../contract/links'

/** Returns the origin of an address; the text `null` where it has none, as for a `data:` address. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'null'
}

/**
 * Returns a hello with the origin that the link knows in place of the one that the page claims. A recording is replayed only into the
 * origin that it was recorded from, so a page must not choose that origin itself. A link without an origin believes the page.
 */
export function believed(hello: HelloMessage, { origin }: LinkInfo): HelloMessage {
  if (!origin) return hello
  const honest = originOf(hello.url) === originOf(origin)
  return { ...hello, origin, url: honest ? hello.url : origin }
}

/** Tells whether a page may go on as this producer, or tell how far it got. A page of another origin may not, even if it knows the id. */
export function mayBe({ url }: ProducerInfo, hello: HelloMessage): boolean {
  return url === '' || originOf(url) === originOf(hello.url)
}
