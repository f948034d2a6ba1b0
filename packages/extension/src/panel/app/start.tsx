import { messageOf } from '@playhead/shared/values/message-of'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { type ConnectionHost, startConnection } from '../connection/connection'
import { EngineClient } from '../connection/engine-client'
import { createFilterActions, type LinkHost } from '../filter/filter-actions'
import { filterCommands } from '../filter/filter-commands'
import { PanelContext, type Sites } from '../state/context'
import { keepInMemory, saved, TEXT_BUDGET } from '../state/saved'
import { createStore, listen } from '../state/store'
import { createTimelineActions } from '../timeline/timeline-actions'
import { timelineCommands } from '../timeline/timeline-commands'
import { createActions } from './actions'
import { App } from './app'
import { followApp } from './app-setup'
import { createCommands } from './commands'
import { listenToKeys } from './keys'
import { reportLost } from './lost'
import { viewCommands } from './view-commands'

export interface PanelHost extends ConnectionHost, LinkHost {
  /** False: nothing is written to disk. */
  persistent: boolean
  sites?: Sites
}

/** Starts engine, connection and views in `root`. */
export async function startPanel(root: HTMLElement, host: PanelHost): Promise<void> {
  if (!host.persistent) keepInMemory()
  const store = createStore()
  const engine = new EngineClient()
  const actions = createActions(store, engine)
  engine.onNotice(notice => {
    listen(store, notice)
    if (notice.t === 'sessions') void actions.refreshSessions()
  })
  document.documentElement.style.setProperty('--inspector', `${saved().inspectorSize}px`)
  try {
    const { retention } = saved()
    const { persistent } = host
    const maxEvents = retention.session.events || Number.POSITIVE_INFINITY
    await engine.start({ database: 'playhead', persistent, maxEvents, textBudget: retention.textBudget ?? TEXT_BUDGET })
    await actions.setRetention(retention)
  } catch (error) {
    store.message.value = { text: messageOf(error), where: '' }
  }
  const connection = startConnection(engine, host)
  effect(() => {
    store.connection.value = connection.state.value
  })
  const timeline = timelineCommands(store, createTimelineActions(store, actions, engine))
  const filters = createFilterActions(store, actions, engine, host)
  const commands = [
    ...createCommands(store, actions).filter(({ id }) => id !== 'sites' || host.sites),
    ...[...viewCommands(store, actions), ...filterCommands(store, filters), ...timeline],
  ]
  listenToKeys(store, actions, commands)
  addEventListener('pagehide', () => {
    connection.dispose()
    engine.dispose()
  })
  render(
    <PanelContext.Provider value={{ store, actions, filters, commands, engine, connection, sites: host.sites }}>
      <App />
    </PanelContext.Provider>,
    root,
  )
  followApp(store, actions)
  void actions.show()
  const followAddress = () => {
    // Once: what the user does from then on counts, also after a reload.
    if (filters.follow(location.hash.slice(1))) history.replaceState(null, '', location.pathname + location.search)
  }
  void actions.refreshSessions().then(() => {
    reportLost(store)
    if (!host.address) return
    followAddress()
    addEventListener('hashchange', followAddress)
  })
}
