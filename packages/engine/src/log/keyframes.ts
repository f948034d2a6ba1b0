import type { Keyframe } from '@playhead/shared/model/session'

/** The keyframes of a session have at most so many characters together. */
const MOST = 64 << 20

/**
 * The keyframes of a session. Beyond the bound the oldest that were requested are removed first; those at the start, from which a replay
 * begins, last.
 */
export class KeyframeList {
  list: Keyframe[] = []
  /** The number of each keyframe in the session, from 0. A number is never used twice. */
  readonly keys = new WeakMap<Keyframe, number>()
  /** Keyframes that are not on disk yet. */
  unsaved: Keyframe[] = []
  /** Numbers of keyframes that were removed here and are still on disk. */
  removed: number[] = []
  /** Characters of all keyframes. */
  characters = 0
  private next = 0

  constructor(private readonly most = MOST) {}

  /** Adds a new keyframe, and removes others where there are too many characters. */
  add(keyframe: Keyframe): void {
    this.restore(this.next, keyframe)
    this.unsaved.push(keyframe)
    while (this.characters > this.most && this.list.length > 1) this.remove()
  }

  /** Adds a keyframe that is on disk under this number. */
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
