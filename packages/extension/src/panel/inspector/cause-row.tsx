import type { CauseTree, RelatedEvent } from '@playhead/engine/contract/event'
import { usePanel } from '../state/context'
import { CategoryIcon } from '../widgets/category-icon'
import { count, summaryText, visible } from '../widgets/format'
import { timesAt } from './cause-rows'
import { timeApart } from './time-apart'

interface CauseRowProps {
  tree: CauseTree
  /** Place in the columns of the tree, and among the rows that are shown. */
  place: number
  row: number
  /** px from the upper edge of what is in view. */
  top: number
  open: boolean | undefined
  /** The row is the event that is inspected. */
  here: boolean
  /** The keys act on this row, which Tab reaches. */
  current: boolean
  related: RelatedEvent | undefined
  onOpen: (open: boolean) => void
}

/** Depth from which on rows stand no further to the right. */
const DEEPEST = 12

/** One event of the tree: how it came about, what it is, and how long after its cause and the root. */
export function CauseRow({ tree, place, row, top, open, here, current, related, onOpen }: CauseRowProps) {
  const { store, actions } = usePanel()
  const seq = tree.seqs[place] as number
  const depth = tree.depths[place] as number
  const type = tree.typeNames[tree.types[place] as number] ?? ''
  const how = tree.kindNames[tree.kinds[place] as number] ?? 'unknown'
  const { edge, root } = timesAt(tree, place)
  const below = tree.descendants[place] as number
  const unsure = place > 0 && (how === 'inferred' || how === 'explicit')
  return (
    <div
      class={`cause-row${here ? ' here' : ''}${current ? ' current' : ''}${tree.threw[place] ? ' threw' : ''}`}
      style={{ top: `${top}px`, paddingInlineStart: `${4 + Math.min(depth, DEEPEST) * 12}px` }}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={open}
      aria-selected={here}
      aria-current={here ? 'true' : undefined}
      tabIndex={current ? 0 : -1}
      data-line={row}
      data-testid="related"
      data-seq={seq}
      onClick={() => actions.selection.select(seq, true)}
    >
      <span
        class="fold"
        aria-hidden="true"
        data-testid={open === undefined ? undefined : 'fold'}
        onClick={event => {
          if (open === undefined) return
          event.stopPropagation()
          onOpen(!open)
        }}
      >
        {open === undefined ? '' : open ? '▾' : '▸'}
      </span>
      {depth > DEEPEST && <small class="deep quiet">{depth}</small>}
      <CategoryIcon category={store.timeline.known.value.categories.of(type)} before />
      <span class="name">{visible(type)}</span>
      <span class="quiet number">#{seq}</span>
      {unsure && <small class="quiet how">{how}</small>}
      {below > 0 && open === false && <small class="count">{count(below)}</small>}
      <span class="summary quiet">{summaryText(related?.summary ?? '')}</span>
      <span class="edge" title="After its cause">
        {place === 0 ? 'root' : timeApart(edge)}
      </span>
      <span class="since quiet" title="After the root">
        {place === 0 ? '' : timeApart(root)}
      </span>
    </div>
  )
}
