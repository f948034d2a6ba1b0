import type { PanelEngine } from '../connection/engine-client'
import { createFilterActions } from '../filter/filter-actions'
import { createInspectorActions } from '../inspector/inspector-actions'
import { createListActions } from '../list/list-actions'
import { createMoveActions } from '../list/move-actions'
import { createSelectionActions } from '../list/selection-actions'
import { createReplayActions } from '../replay/replay-actions'
import { createSessionActions } from '../sessions/session-actions'
import { createTransferActions } from '../sessions/transfer-actions'
import type { Actions } from '../state/actions/actions'
import type { Store } from '../state/store'
import { createTimelineActions } from '../timeline/timeline-actions'
import { createPanelActions } from './panel-actions'

/**
 * Puts the actions of all features together, each over those it needs. `address` is that of the page which a permalink is a part of;
 * absent in DevTools, where the panel has none that could be opened.
 */
export function createActions(store: Store, engine: PanelEngine, address?: () => string): Actions {
  const list = createListActions(store, engine)
  const panel = createPanelActions(store, list)
  const selection = createSelectionActions(store, engine, list)
  const moves = createMoveActions(store, engine, { list, selection })
  const sessions = createSessionActions(store, engine, { list, selection })
  const filter = createFilterActions(store, engine, { panel, list, selection, sessions }, address)
  return {
    ...{ panel, list, selection, moves, sessions, filter },
    timeline: createTimelineActions(store, engine, { selection, moves, filter }),
    inspector: createInspectorActions(store),
    transfer: createTransferActions(store, engine, sessions),
    replay: createReplayActions(store, engine),
  }
}
