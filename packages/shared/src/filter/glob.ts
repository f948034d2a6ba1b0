/**
 * Makes a test for names that match a glob as a whole; its `*` stands for any characters, and case matters. Each piece between stars is
 * looked for once, as far left as it can be, so a test takes one pass as a rule and at most (length of the name) × (length of the glob).
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

/** Makes a test for names that match one of `globs` at least. */
export function compileGlobs(globs: readonly string[]): (name: string) => boolean {
  const exact = new Set(globs.filter(glob => !glob.includes('*')))
  const tests = globs.filter(glob => glob.includes('*')).map(compileGlob)
  return name => exact.has(name) || tests.some(test => test(name))
}

/** Tells whether one name matches. For many names, `compileGlob` is faster. */
export function matchesGlob(glob: string, name: string): boolean {
  return compileGlob(glob)(name)
}
