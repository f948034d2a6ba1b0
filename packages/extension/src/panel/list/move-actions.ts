import type { PanelEngine } from '../connection/engine-client'
import type { ListActions, MoveActions, SelectionActions } from '../state/actions/list'
import { guard, say } from '../state/report'
import type { Store } from '../state/store'
import { createMoves } from './moves'

export function createMoveActions(
  store: Store,
  engine: Pick<PanelEngine, 'view' | 'read'>,
  { list, selection }: { list: Pick<ListActions, 'unfold'>; selection: SelectionActions },
): MoveActions {
  const sessionId = () => store.shown.value?.id ?? ''
  const moves = createMoves(store, engine, {
    goTo: selection.goTo,
    extendTo: selection.extendTo,
    guard: work => guard(store, work),
  })
  const { go, move, first, stay } = moves

  return {
    ...{ move, first, stay },
    last() {
      stay()
      selection.select(-1)
      store.toEnd.value++
    },
    nextMatch(step) {
      if (!store.found.value) move(step)
      else go(from => engine.view.findNext(from, step))
    },
    sameType: step => go(from => engine.read.neighbour(sessionId(), from, step)),
    cause() {
      go(async from => {
        const event = await engine.read.detail(sessionId(), from)
        if (!event || event.cause >= 0) return event?.cause ?? -1
        if (event.cause === -1) say(store, 'The cause of this event is outside the log.')
        else
          say(
            store,
            event.flags.includes('input') ? 'Nothing caused this event: it is an input.' : 'Its cause is unknown.',
          )
        return -1
      })
    },
    firstEffect() {
      go(async from => {
        const { effects } = await engine.read.relations(sessionId(), from)
        if (effects.length === 0) say(store, 'Nothing was caused by this event.')
        return effects[0]?.seq ?? -1
      })
    },
    unfoldSelected(open) {
      go(async from => {
        if (from >= 0) await list.unfold(from, open)
        return -1
      })
    },
  }
}
