import type { EventDetail } from '@playhead/engine/contract/event'
import { useMemo } from 'preact/hooks'
import { usePanel } from '../state/context'
import { duration, visible } from '../widgets/format'
import { countChanges, diffTexts } from './diff'
import { diffLines } from './diff-lines'
import { changesText, DiffTree } from './diff-tree'
import { PathBar } from './path-bar'
import { useAnswer } from './use-answer'

/** What differs from the other chosen event, or else from the event of the same type before. */
export function DiffTab({ event }: { event: EventDetail }) {
  const { store, engine } = usePanel()
  const { selection } = store.table
  const session = store.shown.value?.id ?? ''
  const chosen = [...selection.value].filter(seq => seq !== event.seq)
  const second = selection.value.size === 2 && selection.value.has(event.seq) ? (chosen[0] as number) : -1
  const other = useAnswer(async () => {
    const seq = second >= 0 ? second : await engine.read.previousOfType(session, event.seq)
    const detail = seq < 0 ? null : await engine.read.detail(session, seq)
    return { event, detail, chosen: second >= 0 }
  }, [session, event.seq, second])
  if (other.problem) return <p class="body bad">{other.problem}</p>
  if (!other.value) return <p class="body quiet">Loading…</p>
  // The two that were compared last stay until the next answer is here, so that nothing blinks.
  const { detail, event: own } = other.value
  if (!detail) {
    return (
      <p class="body quiet" data-testid="diff-none">
        {other.value.chosen
          ? 'The other chosen event is no longer in the log.'
          : 'This is the first event of its type in the log. Choose another one as well (Ctrl or ⌘ and click) to compare the two.'}
      </p>
    )
  }
  const [older, newer] = isBefore(detail, own) ? [detail, own] : [own, detail]
  return <Diff older={older} newer={newer} other={detail.seq} chosen={other.value.chosen} />
}

function isBefore(a: EventDetail, b: EventDetail): boolean {
  return (a.time - b.time || a.producer - b.producer || a.n - b.n) < 0
}

interface DiffProps {
  older: EventDetail
  newer: EventDetail
  /** seq of the event that the inspected one is compared with. */
  other: number
  chosen: boolean
}

export function Diff({ older, newer, other, chosen }: DiffProps) {
  const { store, actions } = usePanel()
  const { turned, diffPath, line } = store.inspector
  const difference = useMemo(() => {
    if (older.payload === null || newer.payload === null) return null
    return diffTexts(older.payload, newer.payload)
  }, [older.payload, newer.payload])
  const apart = newer.time - older.time
  const compared = other === older.seq ? older : newer
  const head = (
    <div class="bar" data-testid="diff-head">
      <span>
        {chosen ? 'Other chosen event ' : 'Previous '}
        <button
          type="button"
          class="link"
          data-testid="diff-other"
          onClick={() => actions.selection.select(compared.seq, true)}
        >
          {visible(compared.type)} #{compared.seq}
        </button>
        <span class="quiet">
          {' '}
          {compared === older ? `${duration(apart) || '0 ms'} earlier` : `${duration(apart) || '0 ms'} later`}
        </span>
      </span>
      {difference && (
        <output data-testid="diff-count" data-value={countChanges(difference)}>
          {changesText(countChanges(difference))}
        </output>
      )}
      <input
        type="search"
        value={diffPath.value}
        placeholder="Paths with …"
        aria-label="Show only paths with this"
        data-testid="diff-path"
        onInput={({ currentTarget }) => actions.inspector.setDiffPath(currentTarget.value)}
      />
    </div>
  )
  if (!difference) {
    return (
      <>
        {head}
        <p class="body bad">The text of one of the payloads is lost: there is nothing to compare.</p>
      </>
    )
  }
  const { lines, cut } = diffLines(difference, { turned: turned.value, path: diffPath.value })
  const at = Math.max(
    0,
    lines.findIndex(({ id }) => id === line.value),
  )
  const chosenLine = lines[at]
  return (
    <>
      {head}
      <div class="body">
        <DiffTree lines={lines} at={at} onLine={actions.inspector.goToLine} onTurn={actions.inspector.turnLine} />
        {cut && <p class="quiet">There is more: fold some lines.</p>}
      </div>
      <PathBar node={chosenLine && (chosenLine.after ?? chosenLine.before)} />
    </>
  )
}
