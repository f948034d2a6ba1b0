import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { PanelEngine } from '../connection/engine-client'
import type { Connection } from '../connection/types'
import type { Actions } from './actions/actions'
import type { Command } from './command'
import type { ReadOnly } from './read-only'
import type { Store } from './store'

/** The store as components and commands have it: only actions write. */
export type ReadOnlyStore = ReadOnly<Store>

/** What every component can reach. */
export interface Panel {
  store: ReadOnlyStore
  actions: Actions
  /** Everything that can be done by name. */
  commands: readonly Command[]
  /** For questions whose answer one component alone shows. */
  engine: PanelEngine
  connection: Connection
  sites: Sites | undefined
}

/** The origins that the user allowed; absent where nothing can be allowed. */
export interface Sites {
  list(): Promise<string[]>
  revoke(origin: string): Promise<void>
}

export const PanelContext = createContext<Panel | null>(null)

export function usePanel(): Panel {
  const panel = useContext(PanelContext)
  if (!panel) throw new Error('usePanel was called outside of PanelContext')
  return panel
}
