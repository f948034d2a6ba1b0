import type { ProducerInfo } from '@playhead/shared/model/session'
import type { HelloMessage } from '@playhead/shared/wire/messages'
import type { LinkInfo } from '../contract/links'

/** The origin of an address; `null` where it has none of its own. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'null'
}

/**
 * A hello as far as it may be believed: where a recorder runs, the link knows better than what the page says. What is replayed goes
 * only to the origin it was recorded from, so this is where that origin comes from.
 */
export function believed(hello: HelloMessage, { origin }: LinkInfo): HelloMessage {
  if (!origin) return hello
  const honest = originOf(hello.url) === originOf(origin)
  return { ...hello, origin, url: honest ? hello.url : origin }
}

/** Whether a page may go on as this producer, or speak of it: one of another origin may not, even if it knows its id. */
export function mayBe({ url }: ProducerInfo, hello: HelloMessage): boolean {
  return url === '' || originOf(url) === originOf(hello.url)
}
