import type { TermDefinition } from './definition'

export const causeTerm: TermDefinition<'cause'> = {
  help: { example: 'cause:#812', does: 'what this event caused' },
  parse: ({ value }) => {
    const seq = parseSeq(value)
    if (seq === undefined) return { message: 'cause: takes the number of an event, as in cause:#812' }
    return { key: 'cause', seq }
  },
  print: ({ seq }) => `cause:#${seq}`,
  holds: ({ seq }, event) => event.causes.includes(seq),
  complete: () => [],
}

export const chainTerm: TermDefinition<'chain'> = {
  help: { example: 'chain:#812', does: 'the whole tree this event belongs to' },
  parse: ({ value }) => {
    const seq = parseSeq(value)
    if (seq === undefined) return { message: 'chain: takes the number of an event, as in chain:#812' }
    return { key: 'chain', seq }
  },
  print: ({ seq }) => `chain:#${seq}`,
  holds: ({ seq }, event) => event.tree.has(seq),
  complete: () => [],
}

/** Reads the seq of an event, `#812` or `812`; undefined where the text is none. */
function parseSeq(text: string): number | undefined {
  const digits = /^#?(\d{1,15})$/.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
