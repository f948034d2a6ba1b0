import { messageOf } from '@playhead/shared/values/message-of'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { type ConnectionHost, startConnection } from './connection/connection'
import { EngineClient } from './engine-client'
import { listenToKeys } from './keys'
import { createActions } from './model/actions'
import { followApp } from './model/app-setup'
import { createCommands } from './model/commands'
import { createFilterActions, type LinkHost } from './model/filter-actions'
import { filterCommands } from './model/filter-commands'
import { reportLost } from './model/lost'
import { keepInMemory, saved, TEXT_BUDGET } from './model/saved'
import { createStore, listen } from './model/store'
import { createTimelineActions } from './model/timeline-actions'
import { timelineCommands } from './model/timeline-commands'
import { viewCommands } from './model/view-commands'
import { App } from './views/app'
import { PanelContext, type Sites } from './views/context'

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
