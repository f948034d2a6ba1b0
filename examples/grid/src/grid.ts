import { AllCommunityModule, createGrid, type GridApi, ModuleRegistry, themeQuartz } from 'ag-grid-community'
import { makeRows, type Order } from './rows'

ModuleRegistry.registerModules([AllCommunityModule])

const dark = matchMedia('(prefers-color-scheme: dark)')
const theme = themeQuartz.withParams({ spacing: 5 })

/** Makes the grid in the page. */
export function startGrid(element: HTMLElement, rows: number, seed: number): GridApi<Order> {
  const showTheme = () => {
    element.dataset.agThemeMode = dark.matches ? 'dark' : 'light'
  }
  dark.addEventListener('change', showTheme)
  showTheme()
  return createGrid(element, {
    theme: theme.withParams(
      { backgroundColor: '#1b1d21', foregroundColor: '#e6e8eb', browserColorScheme: 'dark' },
      'dark',
    ),
    rowData: makeRows(rows, seed),
    getRowId: row => row.data.id,
    defaultColDef: { filter: true, resizable: true, flex: 1, minWidth: 90 },
    columnDefs: [
      { field: 'id', headerName: 'Order', maxWidth: 130 },
      { field: 'client', editable: true },
      { field: 'product', editable: true },
      { field: 'region' },
      { field: 'quantity', filter: 'agNumberColumnFilter', editable: true },
      { field: 'price', filter: 'agNumberColumnFilter', valueFormatter: cell => Number(cell.value).toFixed(2) },
      { field: 'status', editable: true },
    ],
    rowSelection: { mode: 'multiRow' },
  })
}
