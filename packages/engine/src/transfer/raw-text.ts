import { FileBudget } from './budgets'

/**
 * Text for a file from text that a page says is JSON: the text itself if that is true, otherwise a tagged value that says why it was cut.
 * Text that is not JSON would change the meaning of the file around it, and text that is nested too deep could not be read back.
 */
export function rawText(text: string): string {
  try {
    JSON.parse(text)
  } catch {
    return cut('not JSON', text)
  }
  // A shorter text cannot be nested too deep, as every level takes two characters.
  if (text.length <= 2 * FileBudget.rawDepth || depthOf(text) <= FileBudget.rawDepth) return text
  return cut('nested too deep', text)
}

function cut(type: string, text: string): string {
  return `{"$ph":"cut","type":"${type}","size":${text.length}}`
}

/** Levels of nesting in text that is JSON. */
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

/** Index of the quote that closes the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i
}
