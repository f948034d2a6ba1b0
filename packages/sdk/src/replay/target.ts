import { now, page, warnOnce } from '../page/natives'
import type { Core } from '../recorder/internals'
import type { ReplayHost } from '../recorder/replay-host'
import { takesOf } from './takes'

export function replayHost(core: Core): ReplayHost {
  const { journal, states, hooks } = core
  const attached = journal.attachments.known
  return {
    producer: core.id,
    origin: page?.location.origin ?? '',
    now,
    send: report => core.connection?.link?.post(report),
    target: via => attached[via - 1]?.target,
    targets: () => attached.flatMap(({ target }) => target ?? []),
    setTake(take, inputs = take) {
      journal.take = take
      journal.takeOf = inputs === take ? undefined : takesOf(journal, take, inputs)
    },
    step(emit) {
      const { stack } = journal
      const { depth } = stack
      const before = journal.stepDepth
      stack.pushCause(undefined)
      journal.stepDepth = stack.depth
      try {
        emit()
      } finally {
        stack.depth = depth
        journal.stepDepth = before
      }
    },
    setIsolated(isolated) {
      core.isolated = isolated
    },
    state: name => states.get(name),
    states: () => states.names,
    keyframe: why => core.keyframes(why),
    hooks: () => [...hooks],
    flush: () => core.flush(),
    warn: warnOnce,
  }
}
