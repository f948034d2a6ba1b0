import type { TermDefinition } from './definition'

export const regexTerm: TermDefinition<'regex'> = {
  help: { example: '/tx-\\d+/i', does: 'a regular expression' },
  parse: ({ source, flags }) => {
    try {
      new RegExp(source, flags)
      return { key: 'regex', source, flags }
    } catch (error) {
      const reason =
        error instanceof Error ? error.message.replace(/^Invalid regular expression: (\/.*\/\w*: )?/, '') : ''
      return { message: `not a regular expression: ${reason}`, instead: `"/${source}/"` }
    }
  },
  print: ({ source, flags }) => `/${source}/${flags}`,
  holds: ({ source, flags }, event) =>
    new RegExp(source, flags).test(event.text) || new RegExp(source, flags).test(event.type),
  complete: () => [],
}
