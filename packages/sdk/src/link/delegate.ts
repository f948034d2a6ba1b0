import { encodeGaps } from '../delivery/encode-rows'
import { now } from '../page/natives'
import type { RecorderInternals } from '../recorder/internals'
import { artifactsOf, deliveryOf } from '../recorder/on-demand'
import type { ConnectionDelegate } from './connection'
import { helloOf } from './hello'
import { descriptionInfos, schemaInfos } from './infos'
import { Pause } from './pause'

/** Makes what a connection and its links are handed of the recorder. */
export function connectionDelegate(internals: RecorderInternals): ConnectionDelegate {
  const { id, journal, schemas, descriptions } = internals
  const artifacts = artifactsOf(internals)
  const delivery = deliveryOf(internals)
  const pause = new Pause(journal, delivery, internals.settings.level)
  const keyframes = () => {
    internals.keyframes('request')
    internals.flush()
  }
  return {
    producer: id,
    delivery,
    now,
    get emitted() {
      return journal.emitted
    },
    hello: () => helloOf(internals),
    schemas: () => schemaInfos(schemas),
    descriptions: () => descriptionInfos(descriptions),
    encodeGaps: gaps => encodeGaps(id, journal.nextBatch(), journal.emitted, gaps),
    closeOpen: () => journal.close(),
    welcomed() {
      internals.previous = null
      artifacts.sendAll()
      if (!journal.memory.keyframesLost) return
      journal.memory.keyframesLost = false
      keyframes()
    },
    configure: (recording, level) => pause.configure(recording, level),
    keyframes,
    kept: number => artifacts.settle(number),
    get parseReplay() {
      return internals.parseReplay
    },
    replay: command => internals.replayer?.command(command),
    linkLost() {
      internals.replayer?.linkLost()
      // The pause was that panel's. Without a panel the page goes on recording into its buffer.
      pause.configure(true, null)
    },
    announce: () => internals.announce(),
  }
}
