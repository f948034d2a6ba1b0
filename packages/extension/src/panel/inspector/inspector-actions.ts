import { batch } from '@preact/signals'
import type { InspectorActions } from '../state/actions/inspector'
import { save } from '../state/saved'
import type { Store } from '../state/store'

/** The inspector is never smaller than this, in px. */
const LEAST_SIZE = 120

export function createInspectorActions({ inspector }: Pick<Store, 'inspector'>): InspectorActions {
  return {
    showTab(tab) {
      inspector.tab.value = tab
    },
    showEntity(term) {
      batch(() => {
        inspector.entity.value = term
        inspector.tab.value = 'Entity'
      })
    },
    chooseEntity(term) {
      inspector.entity.value = term
    },
    turnOrder() {
      inspector.newestFirst.value = !inspector.newestFirst.value
    },
    setFacts(open) {
      inspector.facts.value = open
    },
    goToLine(id) {
      inspector.line.value = id
    },
    openLine(id, open) {
      const next = new Set(inspector.open.value)
      if (open) next.add(id)
      else next.delete(id)
      batch(() => {
        inspector.open.value = next
        inspector.line.value = id
      })
    },
    revealLine(id, above) {
      batch(() => {
        inspector.open.value = new Set([...inspector.open.value, ...above])
        inspector.line.value = id
      })
    },
    search(text) {
      inspector.search.value = text
    },
    turnLine(id) {
      const next = new Set(inspector.turned.value)
      if (!next.delete(id)) next.add(id)
      batch(() => {
        inspector.turned.value = next
        inspector.line.value = id
      })
    },
    setDiffPath(text) {
      inspector.diffPath.value = text
    },
    setAsRecorded(asRecorded) {
      inspector.asRecorded.value = asRecorded
    },
    setWrap(wrap) {
      inspector.wrap.value = wrap
    },
    resize(size) {
      const wanted = Math.max(LEAST_SIZE, Math.round(size))
      inspector.size.value = wanted
      save({ inspectorSize: wanted })
    },
  }
}
