import type { EventText } from './read-events'

/** The texts of some events, or the beginning of another part. */
export type PartPiece = { texts: string[] } | 'next part'

/** Turns slices of events into their texts, and begins another part before the event with which one would have more than `most` characters. */
export async function* inParts(
  slices: AsyncIterable<EventText[]>,
  most: number | undefined,
  textOf: (event: EventText) => string,
): AsyncGenerator<PartPiece> {
  let length = 0
  for await (const slice of slices) {
    let texts: string[] = []
    for (const event of slice) {
      const text = textOf(event)
      if (most !== undefined && length > 0 && length + text.length > most) {
        if (texts.length > 0) yield { texts }
        yield 'next part'
        texts = []
        length = 0
      }
      texts.push(text)
      length += text.length
    }
    if (texts.length > 0) yield { texts }
  }
}
