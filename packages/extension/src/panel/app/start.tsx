import { messageOf } from '@playhead/shared/values/message-of'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { type ConnectionOptions, startConnection } from '../connection/connection'
import { EngineClient } from '../connection/engine-client'
import { filterCommands } from '../filter/filter-commands'
import { inspectorCommands } from '../inspector/inspector-commands'
import { PanelContext, type Sites } from '../state/context'
import { showMessage } from '../state/report'
import { keepInMemory, saved, TEXT_BUDGET } from '../state/saved'
import { createStore, listen } from '../state/store'
import { feedTimeline } from '../timeline/feed'
import { timelineCommands } from '../timeline/timeline-commands'
import { createActions } from './actions'
import { App } from './app'
import { followApp } from './app-setup'
import { createCommands } from './commands'
import { listenToKeys } from './keys'
import { reportLost } from './lost'
import { menuCommands } from './menu-commands'

/** What the two places in which the panel runs, DevTools and the standalone page, tell it and do for it. */
export interface PanelOptions extends ConnectionOptions {
  /** False in a private window: nothing is written to disk. */
  persistent: boolean
  /** Address of the page that a permalink is a part of; absent in DevTools. */
  address?: () => string
  sites?: Sites
}

/** Starts engine and connection, and draws the panel in `root`. */
export async function startPanel(root: HTMLElement, options: PanelOptions): Promise<void> {
  if (!options.persistent) keepInMemory()
  const store = createStore()
  const engine = new EngineClient()
  const actions = createActions(store, engine, options.address)
  engine.onNotice(notice => {
    listen(store, notice)
    if (notice.t === 'sessions') void actions.sessions.refresh()
  })
  effect(() => document.documentElement.style.setProperty('--inspector', `${store.inspector.size.value}px`))
  try {
    const { retention } = saved()
    const { persistent } = options
    const maxEvents = retention.session.events || Number.POSITIVE_INFINITY
    await engine.start({ database: 'playhead', persistent, maxEvents, textBudget: retention.textBudget ?? TEXT_BUDGET })
    await actions.sessions.setRetention(retention)
  } catch (error) {
    showMessage(store, messageOf(error))
  }
  const connection = startConnection(engine, options)
  effect(() => {
    store.connection.value = connection.state.value
  })
  const commands = [
    ...createCommands(store, actions).filter(({ id }) => id !== 'sites' || options.sites),
    ...inspectorCommands(store, actions),
    ...menuCommands(store, actions),
    ...filterCommands(store, actions.filter),
    ...timelineCommands(store, actions.timeline),
  ]
  listenToKeys(store, actions, commands)
  addEventListener('pagehide', () => {
    connection.dispose()
    engine.dispose()
  })
  render(
    <PanelContext.Provider value={{ store, actions, commands, engine, connection, sites: options.sites }}>
      <App />
    </PanelContext.Provider>,
    root,
  )
  feedTimeline(store, engine)
  followApp(store, actions.panel)
  void actions.list.show()
  const followAddress = () => {
    // A permalink is followed once: what the user does from then on counts, also after a reload.
    if (actions.filter.follow(location.hash.slice(1)))
      history.replaceState(null, '', location.pathname + location.search)
  }
  void actions.sessions.refresh().then(() => {
    reportLost(store)
    if (!options.address) return
    followAddress()
    addEventListener('hashchange', followAddress)
  })
}
