/** Tells whether two words differ by one slip: a letter too many or too few, two swapped or, where `wrong` is true, another letter. */
export function isNear(a: string, b: string, wrong: boolean): boolean {
  if (a === b) return true
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 2) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const [inA, inB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (inA.length <= 1 && inB.length <= 1) return wrong || inA.length !== inB.length
  return inA.length === 2 && inA[0] === inB[1] && inA[1] === inB[0]
}
