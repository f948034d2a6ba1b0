import type { PanelEngine } from '../connection/engine-client'
import type { ReplayActions } from '../state/actions/replay'
import { guard, showMessage } from '../state/report'
import type { Store } from '../state/store'
import { linkFor } from './replay-link'

export function createReplayActions(store: Store, { replay }: Pick<PanelEngine, 'replay'>): ReplayActions {
  return {
    async start({ plan, origin }, speed) {
      const link = linkFor(origin, store.status.value?.links ?? [])
      store.dialog.value = 'none'
      if (!link) return showMessage(store, 'No page is connected to replay into.')
      await guard(
        store,
        replay.start(plan, link.link, { speed, paused: false }).then(result => {
          if (!result.ok) showMessage(store, result.message)
        }),
      )
    },
    control: command => void guard(store, replay.control(command)),
    dismiss() {
      store.replay.value = null
    },
  }
}
