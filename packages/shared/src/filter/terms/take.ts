import { valueOption } from '../completion-option'
import type { TermDefinition } from './definition'

export const takeTerm: TermDefinition<'take'> = {
  help: { example: 'take:2', does: 'a replay instead of the recording, * for all' },
  parse: ({ value, quoted }) => {
    if (value === '*') return { key: 'take', take: '*' }
    if (/^\d{1,5}$/.test(value) && !quoted) return { key: 'take', take: Number(value) }
    return { message: 'take: takes a number (0 is the recording) or *' }
  },
  print: ({ take }) => `take:${take}`,
  holds: ({ take }, event) => take === '*' || event.take === take,
  complete: ({ takes }) => [
    ...takes.map(({ take, name, count }) => valueOption(String(take), String(take), name, count)),
    valueOption('*', '*', 'all of them'),
  ],
}
