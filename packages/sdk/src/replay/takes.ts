import type { Journal } from '../journal/journal'

/**
 * Makes the function that tells the take of each event during a replay. Inputs that are no steps (the user's) have the take `inputs`, and
 * so has what is emitted during their dispatch; everything else has the take `take`.
 */
export function takesOf(journal: Journal, take: number, inputs: number): (input: boolean) => number {
  /**
   * Depth of the stack at which such an input is dispatched; what is emitted at a greater depth is its consequence. Infinity: there is
   * none.
   */
  let away = Number.POSITIVE_INFINITY
  return input => {
    const { depth } = journal.stack
    if (depth <= away) away = Number.POSITIVE_INFINITY
    if (journal.stepDepth >= 0) return take
    if (input) away = Math.min(away, depth)
    return depth >= away ? inputs : take
  }
}
