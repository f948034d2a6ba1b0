import { usePanel } from './context'
import { Dialogs } from './dialogs'
import { Inspector } from './inspector'
import { Message } from './message'
import { Placeholder } from './placeholder'
import { Splitter } from './splitter'
import { StatusLine } from './status-line'
import { Table } from './table'
import { Timeline } from './timeline'
import { Toast } from './toast'
import { Toolbar } from './toolbar'
import { Transfer } from './transfer'
import { Transport } from './transport'

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
        void actions.importFiles([...(event.dataTransfer?.files ?? [])])
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
      <Transport />
      <StatusLine />
      <Toast />
      <Dialogs />
    </div>
  )
}
