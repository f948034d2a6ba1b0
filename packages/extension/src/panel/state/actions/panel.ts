import type { TimeMode } from '../../widgets/format'
import type { Setup } from '../saved'
import type { Dialog } from '../store'

/** What the user does with the panel as a whole. Implemented in `app/panel-actions.ts`. */
export interface PanelActions {
  /** Opens a dialog in place of the one that is open; `none` closes it. */
  open(dialog: Dialog): void
  /** Takes the message away that stays until the user has read it. */
  dismissMessage(): void
  setTimeMode(mode: TimeMode): void
  /** Puts the text on the clipboard; `what` names it in the toast that says so. */
  copyText(text: string, what: string): Promise<void>
  /** Sets up filter and list all at once, as another app has them. */
  applySetup(setup: Setup): void
}
