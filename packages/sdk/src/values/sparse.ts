import type { Encoder } from '../encoder/encoder'
import { getOwn } from '../page/natives'

/** So many missing elements in a row make an array sparse. */
const RUN = 8

/**
 * Writes an array with many missing elements by its indexes, `{"$ph":"sparse","length":100001,"v":{"100000":…}}`, in place of the list
 * that was begun at `start`. Returns false where only a few are missing from `at` on.
 */
export function writeSparse(
  to: Encoder,
  array: readonly unknown[],
  length: number,
  at: number,
  depth: number,
  start: number,
): boolean {
  if (length - at <= RUN) return false
  for (let i = at + 1; i < at + RUN; i++) if (getOwn(array, i) !== undefined) return false
  to.pos = start
  to.ascii(`{"$ph":"sparse","length":${length},"v":`)
  to.properties(array, depth)
  to.ascii('}')
  return true
}
