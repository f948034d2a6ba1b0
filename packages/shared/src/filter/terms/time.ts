import { parseTime, printTime } from '../time-text'
import type { Mistake, TermDefinition } from './definition'

export const afterTerm: TermDefinition<'after'> = {
  help: { example: 'after:12.5s', does: 'from this time after the start on' },
  parse: ({ value }) => {
    const time = parseTime(value)
    return time === undefined ? noTime('after') : { key: 'after', time }
  },
  print: ({ time }) => `after:${printTime(time)}`,
  holds: ({ time }, event) => event.time >= time,
  complete: () => [],
}

export const beforeTerm: TermDefinition<'before'> = {
  help: { example: 'before:1m30s', does: 'up to this time after the start' },
  parse: ({ value }) => {
    const time = parseTime(value)
    return time === undefined ? noTime('before') : { key: 'before', time }
  },
  print: ({ time }) => `before:${printTime(time)}`,
  holds: ({ time }, event) => event.time <= time,
  complete: () => [],
}

function noTime(key: 'after' | 'before'): Mistake {
  return { message: `${key}: takes a time after the start, as in ${key}:12.5s, ${key}:800ms or ${key}:1m30s` }
}
