/** An expression that is looked for in names and in stretches of text. */
export interface RegexJob {
  source: string
  flags: string
  names: string[]
  /** The stretches as UTF-8, one behind the other; `ends[i]` is the byte at which stretch i ends and the next begins. */
  text: Uint8Array
  ends: Uint32Array
}

/** 1 for each name and each stretch in which it was found. */
export interface RegexFound {
  names: Uint8Array
  rows: Uint8Array
}

/** Uses nothing from around it: a thread may be made of its text. */
/** Looks for an expression. Throws SyntaxError when it is not valid, and may take for ever: run it in a thread that can be ended. */
export function runRegex({ source, flags, names, text, ends }: RegexJob): RegexFound {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const regex = new RegExp(source, flags)
  const rows = new Uint8Array(ends.length)
  let start = 0
  for (let i = 0; i < ends.length; i++) {
    const end = ends[i] as number
    rows[i] = regex.test(decoder.decode(text.subarray(start, end))) ? 1 : 0
    start = end
  }
  return { names: Uint8Array.from(names, name => (regex.test(name) ? 1 : 0)), rows }
}
