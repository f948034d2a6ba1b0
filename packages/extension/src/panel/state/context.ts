import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Actions } from '../app/actions'
import type { Command } from '../app/commands'
import type { PanelEngine } from '../connection/engine-client'
import type { Connection } from '../connection/types'
import type { FilterActions } from '../filter/filter-actions'
import type { Store } from './store'

export interface Panel {
  store: Store
  actions: Actions
  filters: FilterActions
  /** Everything that can be done by name. */
  commands: readonly Command[]
  engine: PanelEngine
  connection: Connection
  sites: Sites | undefined
}

/** The origins the user granted, where there is such a thing. */
export interface Sites {
  list(): Promise<string[]>
  revoke(origin: string): Promise<void>
}

export const PanelContext = createContext<Panel | null>(null)

export function usePanel(): Panel {
  const panel = useContext(PanelContext)
  if (!panel) throw new Error('a view outside the panel')
  return panel
}
