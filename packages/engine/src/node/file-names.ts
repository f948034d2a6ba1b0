/**
 * Makes the name of a file of any text: nothing in it leaves the folder, and `nameOfFile` reads it back, but for halves of characters. Where
 * the file system takes `A` and `a` for one, so do these names; ids of sessions differ in more than that.
 */
export function fileNameOf(text: string): string {
  // Half a character has no code in an address.
  const safe = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[.*~'()!]/g,
    char => `%${char.charCodeAt(0).toString(16)}`,
  )
  return safe === '' ? '%' : safe
}

/** Returns the text that `fileNameOf` was given. */
export function nameOfFile(file: string): string {
  if (file === '%') return ''
  try {
    return decodeURIComponent(file)
  } catch {
    return file
  }
}
