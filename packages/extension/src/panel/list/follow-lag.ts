/**
 * Where a list that follows the newest events is drawn: where it should be as soon as those rows are here, until then where it was, or
 * it would be blank for a moment.
 */
export class FollowLag {
  private view = -1
  private drawn = 0
  /** A place on the way whose rows were asked for: it is drawn when they come, though the list has gone on. */
  private asked = 0

  /** Returns the position to draw at. `isHere` says whether the rows to be drawn at a position are known. */
  place(view: number, wanted: number, isHere: (position: number) => boolean): number {
    const { drawn, asked } = this
    if (view !== this.view || wanted <= drawn || isHere(wanted)) {
      this.view = view
      this.asked = wanted
      this.drawn = wanted
    } else if (asked > drawn && asked < wanted && isHere(asked)) {
      this.drawn = asked
      this.asked = wanted
    } else if (asked <= drawn) this.asked = wanted
    return this.drawn
  }

  /** Forgets where the list was drawn: it does not follow any more. */
  forget(): void {
    this.view = -1
  }
}
