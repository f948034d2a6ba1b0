/** Says how well the letters of `wanted` occur in `title` in this order: the lower the better; undefined where they do not. */
export function distance(title: string, wanted: string): number | undefined {
  const text = title.toLowerCase()
  let at = 0
  let skipped = 0
  for (const letter of wanted.toLowerCase().replace(/\s+/g, '')) {
    const found = text.indexOf(letter, at)
    if (found < 0) return undefined
    // Letters before the beginning of a word are passed over for next to nothing.
    if (found > at && text[found - 1] !== ' ') skipped += found - at
    else if (found > at) skipped += 1
    at = found + 1
  }
  return skipped
}
