import type { CauseTree, EventDetail, RelatedEvent } from '@playhead/engine/contract/event'
import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { CategoryIcon } from '../widgets/category-icon'
import { count, summaryText, visible } from '../widgets/format'
import { timeApart } from './time-apart'
import { openAround, pathTo, shownRows, timesAt } from './tree-rows'
import { useAnswer, useGrowth } from './use-answer'
import { useSummaries } from './use-summaries'
import { useTreeKeys } from './use-tree-keys'
import { VirtualList } from './virtual-list'

/** Events of a tree that is laid out anew less often while it grows. */
const LARGE = 20_000

/** Why the event happened, up to its root, and all that came of it. */
export function CauseTab({ event }: { event: EventDetail }) {
  const { store, engine } = usePanel()
  const session = store.shown.value?.id ?? ''
  const { status } = store
  const live = status.value?.session?.id === session
  const total = useRef(0)
  const growth = useGrowth(live ? (status.value?.lastSeq ?? -1) : -1, total.current > LARGE ? 10_000 : 1500)
  const answer = useAnswer(() => engine.read.causeTree(session, event.seq), [session, event.seq, growth])
  const tree = answer.value
  total.current = tree?.total ?? 0
  if (answer.problem) return <p class="body bad">{answer.problem}</p>
  if (tree === undefined) return <p class="body quiet">Loading…</p>
  if (tree === null) return <p class="body quiet">This event is no longer in the log.</p>
  const at = tree.seqs.indexOf(event.seq)
  return at < 0 ? <p class="body quiet">Loading…</p> : <Whole tree={tree} at={at} />
}

function Whole({ tree, at }: { tree: CauseTree; at: number }) {
  const { actions } = usePanel()
  const root = tree.seqs[0] as number
  const seq = tree.seqs[at] as number
  const open = useSignal<ReadonlySet<number>>(new Set())
  /** seq of the row the keys are at. */
  const line = useSignal(seq)
  const reveal = useSignal(0)
  const known = useRef({ root: -1, seq: -1 })
  // Another tree is opened around the event; within one, its causes are opened and the rest stays as it is.
  if (known.current.seq !== seq || known.current.root !== root) {
    const around = openAround(tree, at)
    open.value = known.current.root === root ? new Set([...open.peek(), ...around]) : around
    known.current = { root, seq }
    line.value = seq
    reveal.value++
  }
  const rows = useMemo(() => shownRows(tree, open.value), [tree, open.value])
  const lineRow = Math.max(
    0,
    rows.findIndex(place => tree.seqs[place] === line.value),
  )
  const here = rows.indexOf(at)
  const turn = (row: number, to: boolean) => {
    const place = rows[row] as number
    const next = new Set(open.value)
    if (to) next.add(tree.seqs[place] as number)
    else next.delete(tree.seqs[place] as number)
    open.value = next
    line.value = tree.seqs[place] as number
  }
  const isOpen = (row: number) => {
    const place = rows[row]
    return place === undefined || !tree.sizes[place] ? undefined : open.value.has(tree.seqs[place] as number)
  }
  const summaries = useSummaries()
  const keys = useTreeKeys(
    {
      length: rows.length,
      depthAt: row => tree.depths[rows[row] as number] ?? 0,
      openAt: isOpen,
      labelAt: row => tree.typeNames[tree.types[rows[row] as number] as number] ?? '',
    },
    lineRow,
    {
      to: row => {
        line.value = tree.seqs[rows[row] as number] as number
        reveal.value++
      },
      open: turn,
      act: row => actions.selection.select(tree.seqs[rows[row] as number] as number, true),
    },
  )
  return (
    <>
      <div class="bar" role="toolbar" aria-label="Causes and effects">
        <span data-testid="tree-total" data-value={tree.total}>
          {count(tree.total)} {tree.total === 1 ? 'event' : 'events'}
        </span>
        <button
          type="button"
          title="Show in the table only the events of this tree"
          data-testid="only-chain"
          onClick={() => actions.filter.setClauses(['chain', 'cause'], [{ any: [{ key: 'chain', seq }] }])}
        >
          Only this chain
        </button>
        <button
          type="button"
          title="Show in the table only what this event caused directly"
          data-testid="only-effects"
          onClick={() => actions.filter.setClauses(['chain', 'cause'], [{ any: [{ key: 'cause', seq }] }])}
        >
          Its effects
        </button>
        <span class="spring" />
        <button type="button" data-testid="open-all" onClick={() => (open.value = new Set(tree.seqs))}>
          Open all
        </button>
        <button
          type="button"
          title="Open only what led here"
          data-testid="fold-all"
          onClick={() => {
            open.value = new Set(pathTo(tree, at).map(place => tree.seqs[place] as number))
            line.value = seq
            reveal.value++
          }}
        >
          Fold others
        </button>
      </div>
      <Notes tree={tree} />
      <div class="cause-head" aria-hidden="true">
        <span class="edge">after cause</span>
        <span class="since">after root</span>
      </div>
      <VirtualList
        box={keys.box}
        role="tree"
        aria-label="Causes and effects"
        data-testid="causes"
        data-own-keys=""
        data-rows={rows.length}
        onKeyDown={keys.onKeyDown}
        total={rows.length}
        kept={lineRow}
        reveal={{ index: lineRow, at: reveal.value }}
        onWindow={(from, length) =>
          summaries.need([...rows.subarray(from, from + length)].map(place => tree.seqs[place] as number))
        }
        render={(row, top) => (
          <Row
            key={tree.seqs[rows[row] as number]}
            tree={tree}
            place={rows[row] as number}
            row={row}
            top={top}
            open={isOpen(row)}
            here={row === here}
            current={row === lineRow}
            related={summaries.of(tree.seqs[rows[row] as number] as number)}
            onOpen={to => turn(row, to)}
          />
        )}
      />
    </>
  )
}

function Notes({ tree }: { tree: CauseTree }) {
  return (
    <>
      {tree.outside && (
        <p class="note warn" data-testid="tree-outside">
          What caused the first event here is outside the log: it was removed, lost or never recorded.
        </p>
      )}
      {tree.seqs.length < tree.total && (
        <p class="note quiet">
          The {count(tree.seqs.length)} events nearest to this one are shown here; “Only this chain” shows them all.
        </p>
      )}
    </>
  )
}

interface RowProps {
  tree: CauseTree
  place: number
  row: number
  top: number
  open: boolean | undefined
  /** It is the event that is inspected. */
  here: boolean
  /** The keys are here. */
  current: boolean
  related: RelatedEvent | undefined
  onOpen: (open: boolean) => void
}

/** Deeper rows stand no further to the right. */
const DEEPEST = 12

function Row({ tree, place, row, top, open, here, current, related, onOpen }: RowProps) {
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
