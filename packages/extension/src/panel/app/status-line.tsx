import { usePanel } from '../state/context'
import { bytes, count, visible } from '../widgets/format'

const PHASES = {
  starting: 'Starting…',
  waiting: 'No recorder in the page',
  connected: 'Connected',
  silent: 'No answer',
  'no-access': 'No access',
  lost: 'Page not reachable',
} as const
const STORAGE = { persistent: 'on disk', memory: 'memory only', degraded: 'disk refuses: memory only' } as const

export function StatusLine() {
  const { store, actions } = usePanel()
  const { phase, page, frames, dropped } = store.connection.value
  const status = store.status.value
  const view = store.view.value
  const shown = store.shown.value
  const link = status?.links[0]
  const name = page?.title || page?.url || link?.title || link?.name || ''
  const bad = (status?.rejected ?? 0) + dropped
  const missing = shown?.missing ?? 0
  return (
    <footer class="status strip">
      <span data-testid="status-connection" data-phase={phase} class={`phase ${phase}`}>
        {PHASES[phase]}
        {name && ` · ${visible(name)}`}
        {frames > 1 && ` · ${frames} frames`}
      </span>
      {status && (
        <>
          <span data-testid="status-events" data-value={status.events}>
            {count(status.events)} events
          </span>
          <span
            data-testid="view-matched"
            data-value={view?.matched ?? 0}
            data-view={view?.view ?? -1}
            data-done={view?.done ?? false}
            class="quiet"
          >
            {view && view.matched !== view.total ? `${count(view.matched)} shown` : ''}
            {view && !view.done ? ' …' : ''}
          </span>
          <span data-testid="status-gaps" data-value={status.missing} class={missing > 0 ? 'bad' : 'quiet'}>
            {missing > 0 ? `${count(missing)} missing` : 'nothing missing'}
          </span>
          <span data-testid="status-producers" data-value={status.session?.producers.length ?? 0} hidden />
          <button
            type="button"
            class="link"
            title="In memory / on disk. Storage and limits…"
            data-testid="status-bytes"
            onClick={() => actions.panel.open('storage')}
          >
            {bytes(status.memory)} / {bytes(status.disk)}
          </button>
          <span data-testid="status-rate">{count(Math.round(status.rate))}/s</span>
          <span data-testid="status-lag" title="From an event to its place in the log">
            lag{' '}
            {status.lag < 1000 ? `${Math.max(0, Math.round(status.lag))} ms` : `${(status.lag / 1000).toFixed(1)} s`}
          </span>
          <span
            data-testid="status-storage"
            data-storage={status.storage}
            class={status.storage === 'degraded' ? 'bad' : ''}
            title={status.problem}
          >
            {STORAGE[status.storage]}
          </span>
          <span data-testid="status-persisted" data-value={status.persistedSeq + 1} hidden />
          {status.indexedChunks < status.indexableChunks && (
            <span
              class="quiet"
              data-testid="status-index"
              data-value={status.indexedChunks}
              title="What a search need not read is found out while nothing else happens. It finds everything meanwhile, only later."
            >
              search index {Math.floor((100 * status.indexedChunks) / status.indexableChunks)} %
            </span>
          )}
          <span title="Share of the worker's time spent on this">{Math.round(status.busy * 100)} % busy</span>
          {bad > 0 && (
            <span class="bad" data-testid="status-bad" data-value={bad}>
              {count(bad)} bad messages
            </span>
          )}
        </>
      )}
    </footer>
  )
}
