import type { ReplayPlan, ReplayRequest } from '@playhead/engine/contract/engine'
import type { EngineClient } from '../connection/engine-client'
import type { ActionHost } from '../state/action-host'
import type { Store } from '../state/store'

/** What the user does with a recording in the live page. */
export function createReplayActions(store: Store, engine: EngineClient, { guard }: Pick<ActionHost, 'guard'>) {
  return {
    planReplay: (request: ReplayRequest) => engine.ask('planReplay', api => api.planReplay(request)),
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
        engine
          .ask('startReplay', api => api.startReplay(plan, link.link, { speed, paused: false }))
          .then(result => {
            if (!result.ok) store.message.value = { text: result.message, where: '' }
          }),
      )
    },
    controlReplay: (op: 'pause' | 'resume' | 'step' | 'stop' | 'live') =>
      void guard(engine.ask('controlReplay', api => api.controlReplay(op))),
    setReplaySpeed: (speed: number) => void guard(engine.ask('setReplaySpeed', api => api.setReplaySpeed(speed))),
  }
}
