import type { EventDetail } from '@playhead/engine/contract/event'
import type { ComponentType } from 'preact'
import type { TabName } from '../state/inspector-store'
import { CauseTab } from './cause-tab'
import { DiffTab } from './diff-tab'
import { EntityTab } from './entity-tab'
import { PayloadTab } from './payload-tab'
import { RawTab } from './raw-tab'

/** One tab of the inspector: the component that shows the event, and what the palette calls it. */
interface TabEntry {
  title: string
  component: ComponentType<{ event: EventDetail }>
}

/** All tabs. A name that `state/inspector-store.ts` lists and this record lacks does not compile. */
export const TABS: Readonly<Record<TabName, TabEntry>> = {
  Payload: { title: 'payload', component: PayloadTab },
  Diff: { title: 'difference to another event', component: DiffTab },
  Cause: { title: 'causes and effects', component: CauseTab },
  Entity: { title: 'all with the same value', component: EntityTab },
  Raw: { title: 'raw text', component: RawTab },
}
