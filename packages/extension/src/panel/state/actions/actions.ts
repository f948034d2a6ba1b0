import type { FilterActions } from './filter'
import type { InspectorActions } from './inspector'
import type { ListActions, MoveActions, SelectionActions } from './list'
import type { PanelActions } from './panel'
import type { ReplayActions } from './replay'
import type { SessionActions, TransferActions } from './sessions'
import type { TimelineActions } from './timeline'

/**
 * Everything the user can do, whichever control, key or command asks for it; the only way for a component to change the store. Features
 * see each other through these interfaces alone; `app/actions.ts` puts the implementations together.
 */
export interface Actions {
  readonly panel: PanelActions
  readonly list: ListActions
  readonly selection: SelectionActions
  readonly moves: MoveActions
  readonly filter: FilterActions
  readonly timeline: TimelineActions
  readonly inspector: InspectorActions
  readonly sessions: SessionActions
  readonly transfer: TransferActions
  readonly replay: ReplayActions
}
