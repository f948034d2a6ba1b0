/** The user's actions on the grid as plain data: how each is read from the grid's event, and how it is done again by the grid's API. */
import type { ColumnState, FilterModel, GridApi } from 'ag-grid-community'
import type { Order } from './rows'

interface Action<P> {
  /** Returns the action of an event; undefined where the event is not the end of one. */
  read(api: GridApi<Order>, event: unknown): P | undefined
  replay(api: GridApi<Order>, payload: P): void
}

const action = <P>(value: Action<P>) => value as Action<unknown>

export const ACTIONS: Record<string, Action<unknown>> = {
  sortChanged: action<{ sort: { colId: string; sort: 'asc' | 'desc'; sortIndex: number }[] }>({
    read: api => ({
      sort: api.getColumnState().flatMap(({ colId, sort, sortIndex }) => {
        const direction = typeof sort === 'string' ? sort : undefined
        return direction ? [{ colId, sort: direction, sortIndex: sortIndex ?? 0 }] : []
      }),
    }),
    replay: (api, { sort }) => void api.applyColumnState({ state: sort, defaultState: { sort: null } }),
  }),
  filterChanged: action<{ model: FilterModel; shown: number }>({
    read: api => ({ model: api.getFilterModel(), shown: api.getDisplayedRowCount() }),
    replay: (api, { model }) => api.setFilterModel(model),
  }),
  cellValueChanged: action<{ rowId: string; colId: string; oldValue: unknown; newValue: unknown }>({
    read(_api, event) {
      const { node, column, oldValue, newValue } = event as {
        node: { id?: string }
        column: { getColId(): string }
        oldValue: unknown
        newValue: unknown
      }
      return node.id === undefined ? undefined : { rowId: node.id, colId: column.getColId(), oldValue, newValue }
    },
    replay: (api, { rowId, colId, newValue }) => void api.getRowNode(rowId)?.setDataValue(colId, newValue),
  }),
  selectionChanged: action<{ rowIds: string[] }>({
    read: api => ({ rowIds: selectedIds(api) }),
    replay: (api, { rowIds }) => select(api, rowIds),
  }),
  columnMoved: action<{ order: string[] }>({
    read: (api, event) => ((event as { finished: boolean }).finished ? { order: columnOrder(api) } : undefined),
    replay: (api, { order }) =>
      void api.applyColumnState({ state: order.map((colId): ColumnState => ({ colId })), applyOrder: true }),
  }),
}

export function columnOrder(api: GridApi<Order>): string[] {
  return api.getColumnState().map(column => column.colId)
}

export function selectedIds(api: GridApi<Order>): string[] {
  return api.getSelectedNodes().flatMap(node => (node.id === undefined ? [] : [node.id]))
}

export function select(api: GridApi<Order>, rowIds: string[]): void {
  const wanted = new Set(rowIds)
  const nodes = (ids: Iterable<string>) => [...ids].flatMap(id => api.getRowNode(id) ?? [])
  const dropped = selectedIds(api).filter(id => !wanted.has(id))
  api.setNodesSelected({ nodes: nodes(dropped), newValue: false })
  api.setNodesSelected({ nodes: nodes(wanted), newValue: true })
}

/** Resolves after the grid has told its listeners what was done to it, which it does in a task of its own. */
export function told(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve))
}
