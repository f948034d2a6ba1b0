/** The text with every occurrence of `needle` marked, whatever its case. */
export function Marked({ text, needle }: { text: string; needle: string }) {
  if (needle === '') return <>{text}</>
  const parts: { text: string; found: boolean }[] = []
  const lower = text.toLowerCase()
  // Some letters change their length in lower case, so that places in it are not those of the text.
  if (lower.length !== text.length) return <>{text}</>
  const wanted = needle.toLowerCase()
  let from = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) parts.push({ text: text.slice(from, at), found: false })
    parts.push({ text: text.slice(at, at + wanted.length), found: true })
    from = at + wanted.length
  }
  parts.push({ text: text.slice(from), found: false })
  return <>{parts.map((part, i) => (part.found ? <mark key={i}>{part.text}</mark> : part.text))}</>
}
