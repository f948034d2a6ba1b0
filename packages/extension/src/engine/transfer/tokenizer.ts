import { Tokenizer } from '@streamparser/json'

/** The tokenizer decodes text in pieces, and its decoder swallows a U+FEFF that begins one: this one keeps it. */
export function createTokenizer(): Tokenizer {
  const tokenizer = new Tokenizer()
  const { bufferedString } = tokenizer as unknown as { bufferedString: { decoder: TextDecoder } }
  bufferedString.decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  tokenizer.onEnd = () => {}
  return tokenizer
}

/** What the tokenizer says is wrong, and where: it tells its place only in its message, and not always. */
export function tokenizerError(error: Error, lastOffset: number): { message: string; offset: number } {
  const at = /absolute position "(\d+)"/.exec(error.message)?.[1]
  const why = at === undefined ? 'a string is not UTF-8' : error.message.replace(/ at chunk position.*$/s, '')
  return { message: `not JSON: ${why}`, offset: Number(at ?? lastOffset) }
}
