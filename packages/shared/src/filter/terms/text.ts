import { quoted } from '../value-text'
import type { TermDefinition } from './definition'

export const textTerm: TermDefinition<'text'> = {
  help: { example: 'settled', does: 'words in the payload or the type' },
  parse: ({ value, quoted }) => {
    if (!quoted && value === '-') return { message: '- stands right before what it leaves out, as in -type:tick' }
    if (!quoted && /^payload\.[\w$.]*$/.test(value)) {
      const path = value === 'payload.' ? 'payload.rowId' : value
      return { message: `${value} needs something to compare with, as in ${path}=17` }
    }
    return { key: 'text', text: value }
  },
  // The text is as short as it can be without being read as something else, also after another alternative.
  print: ({ text }, read) => {
    if (/^(?!payload\.)[^\s"|:=<>!/-][^\s"|:=<>!]*$/.test(text)) return text
    // After another word, an operator would compare.
    if (/^[/\-=<>!]/.test(text) || text.includes('"')) return quoted(text)
    const bare = read(text)
    return bare?.key === 'text' && bare.text === text ? text : quoted(text)
  },
  holds: ({ text }, event) => contains(event.text, text) || contains(event.type, text),
  complete: () => [],
}

function contains(text: string, needle: string): boolean {
  return text.toLowerCase().includes(needle.toLowerCase())
}
