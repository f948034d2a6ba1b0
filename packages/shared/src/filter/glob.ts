/**
 * A test for names that match `glob` as a whole; `*` stands for any run of characters, case matters. Time is at most (length of the
 * name) × (length of the glob), usually one pass: each piece between stars is looked for once, leftmost, and never again.
 */
export function compileGlob(glob: string): (name: string) => boolean {
  const pieces = glob.split('*')
  const head = pieces[0]!
  if (pieces.length === 1) return name => name === glob
  const tail = pieces.at(-1)!
  const middle = pieces.slice(1, -1).filter(piece => piece !== '')
  const least = glob.length - (pieces.length - 1)
  return name => {
    if (name.length < least || !name.startsWith(head) || !name.endsWith(tail)) return false
    let at = head.length
    for (const piece of middle) {
      const found = name.indexOf(piece, at)
      if (found < 0) return false
      at = found + piece.length
    }
    return at <= name.length - tail.length
  }
}

/** A test for names that match any of `globs`. */
export function compileGlobs(globs: readonly string[]): (name: string) => boolean {
  const exact = new Set(globs.filter(glob => !glob.includes('*')))
  const tests = globs.filter(glob => glob.includes('*')).map(compileGlob)
  return name => exact.has(name) || tests.some(test => test(name))
}

/** One name against one glob, for what is asked once; `compileGlob` is for many names. */
export function matchesGlob(glob: string, name: string): boolean {
  return compileGlob(glob)(name)
}
