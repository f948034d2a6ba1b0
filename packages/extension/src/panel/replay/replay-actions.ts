import type { ReplayPlan, ReplayRequest } from '@playhead/engine/contract/replay'
import type { PanelEngine } from '../connection/engine-client'
import type { ActionHost } from '../state/action-host'
import type { Store } from '../state/store'

/** What the user does with a recording in the live page. */
export function createReplayActions(store: Store, engine: PanelEngine, { guard }: Pick<ActionHost, 'guard'>) {
  return {
    planReplay: (request: ReplayRequest) => engine.replay.plan(request),
    /** Into the page itself where that is of the recording's origin, else into a frame that is. */
    async startReplay({ plan, origin }: ReplayPlan, speed: number) {
      const links = store.status.value?.links ?? []
      const fitting = links.filter(candidate => candidate.origin === origin)
      const link = (fitting.length > 0 ? fitting : links).find(({ frame }) => frame === 'top') ?? fitting[0] ?? links[0]
      store.dialog.value = 'none'
      if (!link) {
        store.message.value = { text: 'No page is connected to replay into.', where: '' }
        return
      }
      await guard(
        engine.replay.start(plan, link.link, { speed, paused: false }).then(result => {
          if (!result.ok) store.message.value = { text: result.message, where: '' }
        }),
      )
    },
    controlReplay: (op: 'pause' | 'resume' | 'step' | 'stop' | 'live') => void guard(engine.replay.control(op)),
    setReplaySpeed: (speed: number) => void guard(engine.replay.setSpeed(speed)),
  }
}
