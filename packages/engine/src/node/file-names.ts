/** The name of a file for any text: nothing in it leaves the folder, and it can be read back. Names that differ in case stay apart. */
export function fileNameOf(text: string): string {
  // Half a character has no code in an address.
  const safe = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[.*~'()!]/g,
    char => `%${char.charCodeAt(0).toString(16)}`,
  )
  return safe === '' ? '%' : safe
}

export function nameOfFile(file: string): string {
  if (file === '%') return ''
  try {
    return decodeURIComponent(file)
  } catch {
    return file
  }
}
