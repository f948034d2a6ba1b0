import type { Mark } from '@playhead/shared/model/session'

/** A session has at most so many marks. */
export const MOST_MARKS = 10_000
/** The marks of a session have at most so many characters together, because the panel gets all of them at once. */
const MOST_TEXT = 2 << 20

/** Adds marks to a session's list as long as there is room. */
export class Marks {
  private text: number | undefined

  constructor(private readonly list: Mark[]) {}

  /** Adds a mark; returns false where there is no room. */
  add(mark: Mark): boolean {
    const { list } = this
    this.text ??= list.reduce((sum, one) => sum + lengthOf(one), 0)
    const text = this.text + lengthOf(mark)
    if (list.length >= MOST_MARKS || text > MOST_TEXT) return false
    this.text = text
    list.push(mark)
    return true
  }
}

function lengthOf({ name, data = '' }: Mark): number {
  return name.length + data.length
}
