/** What one group of actions needs of the others. */
export interface ActionHost {
  /** Asks for the view that the store describes. */
  show(): void
  /** seq; -1: nothing. */
  select(seq: number): void
  /** Tells the user what fails; never rejects. */
  guard(work: Promise<unknown>): Promise<void>
}
