/** The lines of a tree as they stand below each other, folded ones left out. */
export interface TreeLines {
  length: number
  /** How deep the line stands; 0 is the top. */
  depthAt(index: number): number
  /** Undefined where the line holds nothing that could be opened. */
  openAt(index: number): boolean | undefined
  /** The text by whose beginning typing finds the line. */
  labelAt(index: number): string
}

export type TreeMove = { to: number } | { open: boolean } | 'act'

/** A page key moves by so many lines. */
const PAGE = 10
/** Typing begins a new word after a pause of so many ms. */
const PAUSE = 700

/** Says what a key does in a tree at a line, as the ARIA practices have it; undefined where it does nothing. */
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

/** Finds the next line that begins with what was typed; the same letter again finds the one after. */
export class TypeAhead {
  private typed = ''
  private last = Number.NEGATIVE_INFINITY

  /** Takes a key that was typed at the time `now` (ms); returns the line to go to, −1 if none begins so. */
  type(lines: TreeLines, at: number, key: string, now: number): number {
    this.typed = now - this.last > PAUSE ? key : this.typed + key
    this.last = now
    const letters = new Set(this.typed)
    const repeated = letters.size === 1
    const wanted = (repeated ? key : this.typed).toLowerCase()
    // A word that grows may stay at its line; the same letter again goes on to the next one.
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
