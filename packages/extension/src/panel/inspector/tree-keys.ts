/** The lines of a tree as they stand below each other, folded ones left out. */
export interface TreeLines {
  length: number
  /** 0: the top. */
  depthAt(index: number): number
  /** Undefined: there is nothing to open. */
  openAt(index: number): boolean | undefined
  /** What typing its beginning finds. */
  labelAt(index: number): string
}

export type TreeMove = { to: number } | { open: boolean } | 'act'

/** Lines that a page key moves by. */
const PAGE = 10
/** ms after which typing begins a new word. */
const PAUSE = 700

/** What a key does in a tree, at a line; undefined: nothing. As the ARIA practices have it. */
export function treeMove(lines: TreeLines, at: number, key: string): TreeMove | undefined {
  const open = lines.openAt(at)
  switch (key) {
    case 'ArrowDown':
      return step(lines, at + 1)
    case 'ArrowUp':
      return step(lines, at - 1)
    case 'PageDown':
      return step(lines, at + PAGE)
    case 'PageUp':
      return step(lines, at - PAGE)
    case 'Home':
      return step(lines, 0)
    case 'End':
      return step(lines, lines.length - 1)
    case 'ArrowRight':
      if (open === false) return { open: true }
      return open && isBelow(lines, at + 1, at) ? { to: at + 1 } : undefined
    case 'ArrowLeft':
      if (open) return { open: false }
      return lines.depthAt(at) > 0 ? { to: parentOf(lines, at) } : undefined
    case 'Enter':
    case ' ':
      return 'act'
  }
  return undefined
}

export function parentOf(lines: TreeLines, at: number): number {
  const depth = lines.depthAt(at)
  let index = at
  while (index > 0 && lines.depthAt(index) >= depth) index--
  return index
}

/** Typing finds the next line that begins so; the same letter again the one after. */
export class TypeAhead {
  private typed = ''
  private last = Number.NEGATIVE_INFINITY

  /** `now`: ms. Returns the line to go to, -1: none. */
  type(lines: TreeLines, at: number, key: string, now: number): number {
    this.typed = now - this.last > PAUSE ? key : this.typed + key
    this.last = now
    const letters = new Set(this.typed)
    const repeated = letters.size === 1
    const wanted = (repeated ? key : this.typed).toLowerCase()
    // A word that grows may stay where it is, a letter goes on.
    const first = repeated ? 1 : 0
    for (let i = 0; i < lines.length; i++) {
      const index = (at + first + i) % lines.length
      if (lines.labelAt(index).toLowerCase().startsWith(wanted)) return index
    }
    return -1
  }
}

function step({ length }: TreeLines, index: number): TreeMove | undefined {
  return length > 0 ? { to: Math.min(Math.max(0, index), length - 1) } : undefined
}

function isBelow(lines: TreeLines, index: number, at: number): boolean {
  return index < lines.length && lines.depthAt(index) > lines.depthAt(at)
}
