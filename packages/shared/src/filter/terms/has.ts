import { valueOption } from '../completion-option'
import type { Has } from '../filter'
import type { TermDefinition } from './definition'
import { oneOf } from './one-of'

/** Every value of `has:`, in the order in which it is offered. */
export const HAS: readonly Has[] = ['gap', 'cause', 'state']

export const hasTerm: TermDefinition<'has'> = {
  help: { example: 'has:gap', does: 'what an event has' },
  parse: written => oneOf<Has, 'has'>(written, HAS, has => ({ key: 'has', has })),
  print: ({ has }) => `has:${has}`,
  holds: ({ has }, event) => {
    if (has === 'gap') return event.besideGap
    return has === 'cause' ? !event.causeless : event.changesState
  },
  complete: () => HAS.map(name => valueOption(name, name, '')),
}
