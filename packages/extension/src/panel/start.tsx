import { effect } from '@preact/signals'
import { render } from 'preact'
import { type ConnectionHost, startConnection } from './connection/connection'
import { EngineClient } from './engine-client'
import { listenToKeys } from './keys'
import { createActions } from './model/actions'
import { saved } from './model/saved'
import { createStore, listen } from './model/store'
import { App } from './views/app'
import { PanelContext, type Sites } from './views/context'

export interface PanelHost extends ConnectionHost {
  /** False: nothing is written to disk. */
  persistent: boolean
  sites?: Sites
}

/** Defaults that suit a laptop: a million events, 64 MB of raw text in memory. */
const CAPACITY = { maxEvents: 1_000_000, textBudget: 64 << 20 }

/** Starts engine, connection and views in `root`. */
export async function startPanel(root: HTMLElement, host: PanelHost): Promise<void> {
  const store = createStore()
  const engine = new EngineClient()
  const actions = createActions(store, engine)
  engine.onNotice(notice => listen(store, notice))
  document.documentElement.style.setProperty('--inspector', `${saved().inspectorSize}px`)
  try {
    await engine.start({ database: 'playhead', persistent: host.persistent, ...CAPACITY })
  } catch (error) {
    store.message.value = { text: error instanceof Error ? error.message : String(error), where: '' }
  }
  const connection = startConnection(engine, host)
  effect(() => {
    store.connection.value = connection.state.value
  })
  listenToKeys(store, actions)
  addEventListener('pagehide', () => {
    connection.dispose()
    engine.dispose()
  })
  render(
    <PanelContext.Provider value={{ store, actions, engine, connection, sites: host.sites }}>
      <App />
    </PanelContext.Provider>,
    root,
  )
  void actions.show()
  void actions.refreshSessions()
}
