import { LEVELS, type Level } from '../../model/event'
import { valueOption } from '../completion-option'
import type { TermDefinition } from './definition'
import { oneOf } from './one-of'

export const levelTerm: TermDefinition<'level'> = {
  help: { example: 'level:state', does: 'this level and those before it' },
  parse: written => oneOf<Level, 'level'>(written, LEVELS, level => ({ key: 'level', level })),
  print: ({ level }) => `level:${level}`,
  holds: ({ level }, event) => LEVELS.indexOf(event.level) <= LEVELS.indexOf(level),
  complete: ({ levels }) =>
    LEVELS.map((name, index) => {
      const events = levels.slice(0, index + 1).reduce((sum, { count }) => sum + count, 0)
      return valueOption(name, name, 'and those before it', events)
    }),
}
