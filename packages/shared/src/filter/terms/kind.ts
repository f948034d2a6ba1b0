import { KINDS, type Kind } from '../../model/event'
import { valueOption } from '../completion-option'
import type { TermDefinition } from './definition'
import { oneOf } from './one-of'

export const kindTerm: TermDefinition<'kind'> = {
  help: { example: 'kind:decision', does: 'what sort of event' },
  parse: written => oneOf<Kind, 'kind'>(written, KINDS, kind => ({ key: 'kind', kind })),
  print: ({ kind }) => `kind:${kind}`,
  holds: ({ kind }, event) => event.kind === kind,
  complete: ({ kinds }) =>
    KINDS.map(name => valueOption(name, name, '', kinds.find(seen => seen.name === name)?.count)),
}
