import type { ReplayHost, ReplayPart } from '../parts'
import { ReplayController } from './controller'

/** The replay controller as a part of the engine. */
export function replay(host: ReplayHost): ReplayPart {
  const controller = new ReplayController(host)
  return {
    async planReplay(request) {
      const recording = await host.open(request.session)
      return recording ? controller.plan(recording, request) : { ok: false, message: 'The session is gone.' }
    },
    async startReplay(plan, link, options) {
      return controller.start(plan, link, options)
    },
    async controlReplay(op) {
      controller.control(op)
    },
    async setReplaySpeed(speed) {
      controller.setSpeed(speed)
    },
    report: (link, report) => controller.report(link, report),
    linkClosed: link => controller.linkClosed(link),
  }
}
