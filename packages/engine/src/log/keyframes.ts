import type { Keyframe } from '@playhead/shared/model/session'

/** Characters of all keyframes of a session at most. */
const MOST = 64 << 20

/** Full states of a session. Past the bound the oldest requested ones go first, those a replay starts from last. */
export class KeyframeList {
  list: Keyframe[] = []
  /** Keys by keyframe: their numbers in the session, from 0, never used twice. */
  readonly keys = new WeakMap<Keyframe, number>()
  /** Not on disk yet; gone from memory but still on disk. */
  unsaved: Keyframe[] = []
  removed: number[] = []
  characters = 0
  private next = 0

  constructor(private readonly most = MOST) {}

  add(keyframe: Keyframe): void {
    this.restore(this.next, keyframe)
    this.unsaved.push(keyframe)
    while (this.characters > this.most && this.list.length > 1) this.remove()
  }

  restore(key: number, keyframe: Keyframe): void {
    this.keys.set(keyframe, key)
    this.next = Math.max(this.next, key + 1)
    this.list.push(keyframe)
    this.characters += keyframe.json.length
  }

  private remove(): void {
    const last = this.list.length - 1
    const requested = this.list.findIndex((keyframe, i) => i < last && keyframe.why === 'request')
    const [gone] = this.list.splice(Math.max(0, requested), 1)
    if (!gone) return
    this.characters -= gone.json.length
    const at = this.unsaved.indexOf(gone)
    if (at >= 0) this.unsaved.splice(at, 1)
    else this.removed.push(this.keys.get(gone)!)
  }
}
