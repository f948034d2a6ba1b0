/** The only file that knows Playhead: records the grid through its global event listener and replays what the user did. */
import { type Adapter, createRecorder, type Recorder } from '@playhead/sdk'
import type { AgPublicEventType, GridApi } from 'ag-grid-community'
import { ACTIONS, told } from './actions'
import type { Order } from './rows'
import { gridState } from './state'

/** The grid's events that only follow from others. They are recorded, and not done again. */
const SEEN: Record<string, (event: Record<string, unknown>) => unknown> = {
  bodyScroll: ({ direction, left, top }) => ({ direction, left, top }),
  bodyScrollEnd: ({ direction, left, top }) => ({ direction, left, top }),
  viewportChanged: ({ firstRow, lastRow }) => ({ firstRow, lastRow }),
  columnResized: ({ finished, source }) => ({ finished, source }),
  cellEditingStarted: ({ rowIndex, value }) => ({ rowIndex, value }),
  cellEditingStopped: ({ rowIndex, oldValue, newValue }) => ({ rowIndex, oldValue, newValue }),
  firstDataRendered: ({ firstRow, lastRow }) => ({ firstRow, lastRow }),
  gridReady: () => undefined,
  modelUpdated: ({ newPage }) => ({ newPage }),
}

function adapter(name: string, api: GridApi<Order>, read: (type: string, event: unknown) => unknown): Adapter {
  return {
    name,
    connect(tap) {
      const listener = (type: AgPublicEventType, event: unknown) => {
        const payload = read(type, event)
        if (payload !== undefined) tap.heard(type, payload)
      }
      api.addGlobalListener(listener)
      return () => api.removeGlobalListener(listener)
    },
  }
}

/** Begins to record the grid. */
export function record(api: GridApi<Order>): Recorder {
  const recorder = createRecorder({ name: 'grid', enabled: true, facets: ['rowId', 'colId'] })
  recorder.attach(
    adapter('ag-grid actions', api, (type, event) => ACTIONS[type]?.read(api, event)),
    { source: 'user', replay: ({ type, payload }) => doAgain(api, type, payload) },
  )
  recorder.attach(
    adapter('ag-grid', api, (type, event) => {
      if (type in ACTIONS) return undefined
      const read = SEEN[type]
      return read ? read(event as Record<string, unknown>) : null
    }),
    { source: 'grid', describe: () => ({ level: 'action', kind: 'system' }) },
  )
  recorder.state('grid', gridState(api))
  return recorder
}

async function doAgain(api: GridApi<Order>, type: string, payload: unknown): Promise<void> {
  ACTIONS[type]?.replay(api, payload)
  await told()
}
