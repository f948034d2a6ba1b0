import type { Journal } from '../journal/journal'

/**
 * The take of each event while inputs that are not the replayer's have one of their own, and what is emitted during their dispatch with
 * them.
 */
export function takesOf(journal: Journal, take: number, inputs: number): (input: boolean) => number {
  /** Depth of the stack at which such an input is dispatched: what is emitted above it is its consequence. */
  let away = Number.POSITIVE_INFINITY
  return input => {
    const { depth } = journal.stack
    if (depth <= away) away = Number.POSITIVE_INFINITY
    if (journal.stepDepth >= 0) return take
    if (input) away = Math.min(away, depth)
    return depth >= away ? inputs : take
  }
}
