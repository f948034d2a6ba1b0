/** Something the user can do: from the palette, and by a key where it has one. */
export interface Command {
  id: string
  title: string
  /** `KeyboardEvent.key` of each key that does it; single letters as they are typed. */
  keys?: readonly string[]
  /** Says whether it can be done now: else it is not offered, and its key does nothing. */
  when?: () => boolean
  run(): void
}
