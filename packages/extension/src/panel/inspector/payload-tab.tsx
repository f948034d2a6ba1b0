import type { EventDetail } from '@playhead/engine/contract/event'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { usePanel } from '../state/context'
import { count } from '../widgets/format'
import { Facts } from './facts'
import { PathBar, rawText } from './path-bar'
import { payloadTree } from './payload-tree'
import { SearchBox, useTreeSearch } from './search-box'
import { Tree } from './tree'
import { MOST_LINES, payloadLines } from './tree-payload'

export function PayloadTab({ event: { seq, payload } }: { event: EventDetail }) {
  if (payload !== null) return <Whole seq={seq} text={payload} />
  return (
    <div class="body">
      <Facts />
      <p class="bad" data-testid="payload-lost">
        The text of this payload is lost: it was damaged, or the browser deleted it.
      </p>
    </div>
  )
}

function Whole({ seq, text }: { seq: number; text: string }) {
  const { store, actions } = usePanel()
  const { open, line, search } = store.inspector
  const root = useMemo(() => payloadTree(text), [text])
  const searched = useTreeSearch(root, search.value)
  const at = useSignal(-1)
  useEffect(() => {
    at.value = -1
  }, [seq])
  const { lines, cut } = payloadLines(root, open.value)
  const chosen = lines.find(({ id }) => id === line.value) ?? lines[0]

  const step = (by: 1 | -1) => {
    const { found } = searched
    if (found.length === 0) return
    at.value = at.value < 0 ? (by > 0 ? 0 : found.length - 1) : (at.value + by + found.length) % found.length
    const next = found[at.value]
    if (!next) return
    actions.inspector.revealLine(next.id, next.above)
    requestAnimationFrame(() => document.querySelector('.tree .found')?.scrollIntoView({ block: 'nearest' }))
  }
  return (
    <>
      <div class="body">
        <Facts />
        <SearchBox
          text={search.value}
          search={searched}
          at={at.value}
          onText={text => {
            actions.inspector.search(text)
            at.value = -1
          }}
          onStep={step}
        />
        <Tree
          lines={lines}
          line={line.value}
          needle={search.value}
          found={searched.found[at.value]?.id ?? ''}
          onLine={actions.inspector.goToLine}
          onOpen={actions.inspector.openLine}
          onFind={() => document.querySelector<HTMLElement>('[data-testid="payload-search"]')?.focus()}
          onCopy={({ node }) => void actions.panel.copyText(rawText(node.raw), 'Value')}
        />
        {cut && <p class="quiet">Only {count(MOST_LINES)} lines are shown: fold some, or look at Raw.</p>}
      </div>
      <PathBar node={chosen?.node} />
    </>
  )
}
