import { Artifacts } from '../artifacts/artifact-queue'
import type { Core } from './internals'

/** The recorder's artifacts; from the first call on what waited is in them. */
export function artifactsOf(core: Core): Artifacts {
  if (core.artifacts) return core.artifacts
  const { journal } = core
  const artifacts = new Artifacts({
    mark(name, data, time, afterN) {
      if (core.disposed) return
      journal.addMark('artifact', name, data, time, afterN)
      core.flushSoon()
    },
    send(message) {
      // Its mark first: once the bytes are on disk, so is the mark.
      core.flush()
      const link = core.connection?.link
      return (link?.open && link.post(message, [message.data])) ?? false
    },
  })
  core.artifacts = artifacts
  for (const given of core.waiting.splice(0)) artifacts.add(given)
  return artifacts
}
