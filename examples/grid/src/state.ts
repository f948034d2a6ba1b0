/** The state of the grid that a replay begins with: small, plain data, and enough to restore the table. */
import type { ColumnState, FilterModel, GridApi } from 'ag-grid-community'
import { columnOrder, select, selectedIds, told } from './actions'
import type { Order } from './rows'

export interface GridState {
  columns: Pick<ColumnState, 'colId' | 'sort' | 'sortIndex'>[]
  filter: FilterModel
  selected: string[]
  /** Cells that the user changed, with their present values. */
  edits: { rowId: string; colId: string; value: unknown }[]
}

export function gridState(api: GridApi<Order>) {
  const edited = new Map<string, { rowId: string; colId: string; original: unknown; value: unknown }>()

  api.addEventListener('cellValueChanged', ({ node, column, oldValue, newValue }) => {
    if (node.id === undefined) return
    const colId = column.getColId()
    const key = `${node.id} ${colId}`
    const original = edited.has(key) ? edited.get(key)?.original : oldValue
    if (Object.is(original, newValue)) edited.delete(key)
    else edited.set(key, { rowId: node.id, colId, original, value: newValue })
  })

  return {
    get: (): GridState => ({
      columns: api.getColumnState().map(({ colId, sort, sortIndex }) => ({
        colId,
        sort: sort ?? null,
        sortIndex: sortIndex ?? null,
      })),
      filter: api.getFilterModel(),
      selected: selectedIds(api),
      edits: [...edited.values()].map(({ rowId, colId, value }) => ({ rowId, colId, value })),
    }),
    async set(state: GridState) {
      const before = [...edited.values()]
      for (const { rowId, colId, original } of before) api.getRowNode(rowId)?.setDataValue(colId, original)
      for (const { rowId, colId, value } of state.edits) api.getRowNode(rowId)?.setDataValue(colId, value)
      api.setFilterModel(state.filter)
      api.applyColumnState({ state: state.columns, applyOrder: true, defaultState: { sort: null } })
      select(api, state.selected)
      await told()
    },
    order: () => columnOrder(api),
  }
}
