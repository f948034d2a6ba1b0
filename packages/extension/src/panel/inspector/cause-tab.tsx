import type { CauseTree, EventDetail } from '@playhead/engine/contract/event'
import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { usePanel } from '../state/context'
import { count } from '../widgets/format'
import { CauseRow } from './cause-row'
import { causeLines, openOnArrival, pathTo, seqsOf, shownRows, withOpen } from './cause-rows'
import { useAnswer, useGrowth } from './use-answer'
import { useSummaries } from './use-summaries'
import { useTreeKeys } from './use-tree-keys'
import { VirtualList } from './virtual-list'

/** A tree of more events is asked for less often while it grows. */
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
  /** seq of the event whose row the keys act on. */
  const line = useSignal(seq)
  const reveal = useSignal(0)
  const known = useRef({ root: -1, seq: -1 })
  if (known.current.seq !== seq || known.current.root !== root) {
    open.value = openOnArrival(tree, at, { root: known.current.root, open: open.peek() })
    known.current = { root, seq }
    line.value = seq
    reveal.value++
  }
  const rows = useMemo(() => shownRows(tree, open.value), [tree, open.value])
  const seqAt = (row: number) => tree.seqs[rows[row] as number] as number
  const lineRow = Math.max(
    0,
    rows.findIndex(place => tree.seqs[place] === line.value),
  )
  const here = rows.indexOf(at)
  const turn = (row: number, isOpen: boolean) => {
    open.value = withOpen(open.value, seqAt(row), isOpen)
    line.value = seqAt(row)
  }
  const lines = causeLines(tree, rows, open.value)
  const summaries = useSummaries()
  const keys = useTreeKeys(lines, lineRow, {
    to: row => {
      line.value = seqAt(row)
      reveal.value++
    },
    open: turn,
    act: row => actions.selection.select(seqAt(row), true),
  })
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
            open.value = new Set(seqsOf(tree, pathTo(tree, at)))
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
        onWindow={(from, length) => summaries.need(seqsOf(tree, rows.subarray(from, from + length)))}
        render={(row, top) => (
          <CauseRow
            key={seqAt(row)}
            tree={tree}
            place={rows[row] as number}
            row={row}
            top={top}
            open={lines.openAt(row)}
            here={row === here}
            current={row === lineRow}
            related={summaries.of(seqAt(row))}
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
