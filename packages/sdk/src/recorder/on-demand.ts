/**
 * Parts of the recorder that are made when somebody first needs them. Nothing the lean recorder loads imports this module: it comes with
 * the link or with history.
 */
import { ArtifactQueue } from '../artifacts/artifact-queue'
import { Delivery } from '../delivery/delivery'
import { packingFor } from '../delivery/packing'
import type { RecorderInternals } from './internals'

/** The queue of artifacts. The first call moves the artifacts into it that the app gave before. */
export function artifactsOf(internals: RecorderInternals): ArtifactQueue {
  if (internals.artifacts) return internals.artifacts
  const { journal } = internals
  const artifacts = new ArtifactQueue({
    mark(name, data, time, afterN) {
      if (internals.disposed) return
      journal.addMark('artifact', name, data, time, afterN)
      internals.flushSoon()
    },
    send(message) {
      // The mark is sent before the bytes: once the panel has the bytes on disk, it has the mark too.
      internals.flush()
      const link = internals.connection?.link
      return (link?.open && link.post(message, [message.data])) ?? false
    },
  })
  internals.artifacts = artifacts
  for (const given of internals.waiting.splice(0)) artifacts.add(given)
  return artifacts
}

/** The delivery of the buffer's batches. From the first call on, batches are packed into bytes when they are closed. */
export function deliveryOf(internals: RecorderInternals): Delivery {
  if (internals.delivery) return internals.delivery
  const { journal } = internals
  const delivery = new Delivery(internals.id, journal.memory.buffer)
  journal.memory.packing = packingFor(delivery)
  journal.memory.onEvicted = batch => delivery.evicted(batch)
  const { unseen } = journal
  unseen.tell = (from, to, time) => delivery.skip(from, to, 'unseen', time, time)
  for (const run of unseen.runs.splice(0)) unseen.tell(...run)
  internals.delivery = delivery
  return delivery
}
