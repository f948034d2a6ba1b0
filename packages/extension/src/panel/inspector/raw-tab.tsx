import type { EventDetail } from '@playhead/engine/contract/event'
import { useMemo } from 'preact/hooks'
import { usePanel } from '../state/context'
import { bytes, count, visible } from '../widgets/format'
import { indented } from '../widgets/indented'

/** The text is drawn in blocks of so many lines, of which the browser lays out only those in view. */
const BLOCK = 100
const LINE_HEIGHT = 17
/** Longer lines are broken here for display: one line of 256 kB stops any browser. */
const LONGEST = 5000

/** Shows the payload as text. */
export function RawTab({ event: { payload } }: { event: EventDetail }) {
  const { store, actions } = usePanel()
  const { asRecorded, wrap } = store.inspector
  const text = useMemo(
    () => (payload === null || asRecorded.value ? payload : indented(payload)),
    [payload, asRecorded.value],
  )
  const lines = useMemo(() => (text === null ? [] : linesOf(text)), [text])
  if (payload === null || text === null) {
    return (
      <div class="body">
        <p class="bad">The text of this payload is lost.</p>
      </div>
    )
  }
  const blocks = Array.from({ length: Math.ceil(lines.length / BLOCK) }, (_, i) =>
    lines.slice(i * BLOCK, (i + 1) * BLOCK),
  )
  return (
    <>
      <div class="bar" role="toolbar" aria-label="Raw text">
        <button type="button" data-testid="raw-copy" onClick={() => actions.panel.copyText(text, 'Payload')}>
          Copy
        </button>
        <label>
          <input
            type="checkbox"
            checked={asRecorded.value}
            onChange={({ currentTarget }) => actions.inspector.setAsRecorded(currentTarget.checked)}
          />
          As recorded
        </label>
        <label>
          <input
            type="checkbox"
            checked={wrap.value}
            onChange={({ currentTarget }) => actions.inspector.setWrap(currentTarget.checked)}
          />
          Wrap
        </label>
        <span class="quiet">
          {bytes(new Blob([payload]).size)} · {count(lines.length)} {lines.length === 1 ? 'line' : 'lines'}
        </span>
      </div>
      <div
        class={`body raw${wrap.value ? '' : ' nowrap'}`}
        data-testid="raw"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll.
        tabIndex={0}
        role="region"
        aria-label="Raw text"
      >
        {blocks.map((block, i) => (
          <pre key={i} style={{ containIntrinsicBlockSize: `auto ${block.length * LINE_HEIGHT}px` }}>
            {block.join('\n')}
          </pre>
        ))}
      </div>
    </>
  )
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap(line => {
    if (line.length <= LONGEST) return [visible(line)]
    return Array.from({ length: Math.ceil(line.length / LONGEST) }, (_, i) =>
      visible(line.slice(i * LONGEST, (i + 1) * LONGEST)),
    )
  })
}
