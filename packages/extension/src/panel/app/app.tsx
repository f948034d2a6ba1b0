import { Inspector } from '../inspector/inspector'
import { Splitter } from '../inspector/splitter'
import { Placeholder } from '../list/placeholder'
import { Table } from '../list/table'
import { ReplayBar } from '../replay/replay-bar'
import { Transfer } from '../sessions/transfer'
import { usePanel } from '../state/context'
import { Timeline } from '../timeline/timeline'
import { Dialogs } from './dialogs'
import { Message } from './message'
import { StatusLine } from './status-line'
import { Toast } from './toast'
import { Toolbar } from './toolbar'

export function App() {
  const { store, actions } = usePanel()
  const view = store.view.value
  const empty = !view || view.items === 0
  return (
    <div
      class="panel"
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault()
        void actions.transfer.import([...(event.dataTransfer?.files ?? [])])
      }}
    >
      <header>
        <h1 class="hidden">Playhead</h1>
        <Toolbar />
      </header>
      <Message />
      <Transfer />
      <Timeline />
      <main class="content">
        <div class="list">
          {view && <Table />}
          {empty && (
            <div class="over">
              <Placeholder />
            </div>
          )}
        </div>
        {store.selected.value >= 0 && (
          <>
            <Splitter />
            <Inspector />
          </>
        )}
      </main>
      <ReplayBar />
      <StatusLine />
      <Toast />
      <Dialogs />
    </div>
  )
}
