import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { count } from '../widgets/format'
import type { TreeNode } from './payload-tree'
import { type Found, searchTree } from './tree-search'

/** The search works for so many ms, then lets the browser draw. */
const SLICE = 6

export interface TreeSearch {
  found: readonly Found[]
  /** False where the search ended early, so that there may be more. */
  all: boolean
  searching: boolean
}

/** Searches the payload in slices, from anew when the text or the payload changes. */
export function useTreeSearch(root: TreeNode, text: string): TreeSearch {
  const result = useSignal<TreeSearch>({ found: [], all: true, searching: false })
  useEffect(() => {
    if (text === '') {
      result.value = { found: [], all: true, searching: false }
      return
    }
    result.value = { ...result.peek(), searching: true }
    const search = searchTree(root, text)
    let timer = setTimeout(function slice() {
      const until = performance.now() + SLICE
      for (;;) {
        const step = search.next()
        if (step.done) {
          result.value = { ...step.value, searching: false }
          return
        }
        if (performance.now() < until) continue
        timer = setTimeout(slice)
        return
      }
    })
    return () => clearTimeout(timer)
  }, [root, text])
  return result.value
}

interface BoxProps {
  text: string
  search: TreeSearch
  /** Index of the match that is shown now; −1 before the first one is. */
  at: number
  onText: (text: string) => void
  onStep: (by: 1 | -1) => void
}

/** The box that finds a text in the payload: Enter goes to the next match, Shift and Enter to the one before. */
export function SearchBox({ text, search, at, onText, onStep }: BoxProps) {
  const { found, all, searching } = search
  const total = `${count(found.length)}${all ? '' : '+'}`
  const said =
    text === ''
      ? ''
      : searching
        ? '…'
        : found.length === 0
          ? 'none'
          : `${at < 0 ? total : `${count(at + 1)} of ${total}`}`
  return (
    <div class="search" role="search">
      <input
        type="search"
        value={text}
        placeholder="Find in this payload"
        aria-label="Find in this payload"
        data-testid="payload-search"
        maxLength={200}
        onInput={event => onText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onStep(event.shiftKey ? -1 : 1)
        }}
      />
      <output class="quiet" data-testid="payload-found">
        {said}
      </output>
      <button
        type="button"
        class="icon"
        aria-label="Previous match"
        disabled={found.length === 0}
        onClick={() => onStep(-1)}
      >
        ↑
      </button>
      <button
        type="button"
        class="icon"
        aria-label="Next match"
        data-testid="payload-next"
        disabled={found.length === 0}
        onClick={() => onStep(1)}
      >
        ↓
      </button>
    </div>
  )
}
