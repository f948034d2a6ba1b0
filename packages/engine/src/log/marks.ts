import type { Mark } from '@playhead/shared/model/session'

export const MOST_MARKS = 10_000
/** Characters of all marks: they are told to the panel whole. */
const MOST_TEXT = 2 << 20

/** Takes marks into a session's list as long as there is room. */
export class Marks {
  private text: number | undefined

  constructor(private readonly list: Mark[]) {}

  /** False: there is no room. */
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
