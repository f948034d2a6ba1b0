import { encodeGaps } from '../delivery/encode-rows'
import { now } from '../page/natives'
import { deliveryOf } from '../recorder/delivery-of'
import type { Core } from '../recorder/internals'
import { artifactsOf } from '../recorder/on-demand'
import type { ConnectionOwner } from './connection'
import { helloOf } from './hello'
import { descriptionInfos, schemaInfos } from './infos'
import { Pause } from './pause'

/** What a link asks of the recorder and does to it. */
export function connectionOwner(core: Core): ConnectionOwner {
  const { id, journal, schemas, descriptions } = core
  const artifacts = artifactsOf(core)
  const delivery = deliveryOf(core)
  const pause = new Pause(journal, delivery, core.settings.level)
  const keyframes = () => {
    core.keyframes('request')
    core.flush()
  }
  return {
    producer: id,
    delivery,
    now,
    get emitted() {
      return journal.emitted
    },
    hello: () => helloOf(core),
    schemas: () => schemaInfos(schemas),
    descriptions: () => descriptionInfos(descriptions),
    encodeGaps: gaps => encodeGaps(id, journal.nextBatch(), journal.emitted, gaps),
    closeOpen: () => journal.close(),
    welcomed() {
      core.previous = null
      artifacts.sendAll()
      if (!journal.keeper.keyframesLost) return
      journal.keeper.keyframesLost = false
      keyframes()
    },
    configure: (recording, level) => pause.configure(recording, level),
    keyframes,
    kept: number => artifacts.settle(number),
    get parseReplay() {
      return core.parseReplay
    },
    replay: command => core.replayer?.command(command),
    linkLost() {
      core.replayer?.linkLost()
      // The pause was the panel's; the flight recorder goes on.
      pause.configure(true, null)
    },
    announce: () => core.announce(),
  }
}
