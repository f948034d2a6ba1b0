import { valueOption } from '../completion-option'
import { type Is, isErrorName } from '../filter'
import type { TermDefinition } from './definition'
import { oneOf } from './one-of'

/** Every value of `is:`, in the order in which it is offered. */
export const IS: readonly Is[] = [
  ...(['error', 'root', 'bookmarked', 'input', 'threw', 'truncated', 'redacted', 'misfit'] as const),
  ...(['observedOnly', 'overflow', 'opaque'] as const),
]

export const isTerm: TermDefinition<'is'> = {
  help: { example: 'is:error', does: 'what an event is' },
  parse: written => oneOf<Is, 'is'>(written, IS, is => ({ key: 'is', is })),
  print: ({ is }) => `is:${is}`,
  holds: ({ is }, event) => {
    if (is === 'error') return event.flags.includes('threw') || isErrorName(event.type)
    if (is === 'root') return event.flags.includes('input') || event.causeless
    if (is === 'bookmarked') return event.bookmarked
    return event.flags.includes(is)
  },
  complete: () => IS.map(name => valueOption(name, name, '')),
}
