import { FileBudget } from './budgets'

/**
 * What a page says is JSON, if it is: a text that is not would become part of the file around it, and one that nests too deep could not be
 * read back.
 */
export function rawText(text: string): string {
  try {
    JSON.parse(text)
  } catch {
    return cut('not JSON', text)
  }
  // Every level takes two characters.
  if (text.length <= 2 * FileBudget.rawDepth || depthOf(text) <= FileBudget.rawDepth) return text
  return cut('nested too deep', text)
}

function cut(type: string, text: string): string {
  return `{"$ph":"cut","type":"${type}","size":${text.length}}`
}

/** Of JSON. */
function depthOf(text: string): number {
  let depth = 0
  let most = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '"') i = endOfString(text, i)
    else if (char === '{' || char === '[') most = Math.max(most, ++depth)
    else if (char === '}' || char === ']') depth--
  }
  return most
}

function endOfString(text: string, start: number): number {
  let i = start + 1
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i
}
