import { usePanel } from '../state/context'
import { useAnswer } from './use-answer'

/** Says that the list does not have the event: causes and effects lead to what a filter hides. */
export function HiddenNote({ seq }: { seq: number }) {
  const { store, actions, engine } = usePanel()
  const { value: view } = store.view
  const isFiltered = store.filterText.value.trim() !== '' && !store.finding.value
  const asked = isFiltered && view?.done ? view.view : -1
  const { value: index = 0 } = useAnswer(
    () => (asked < 0 ? Promise.resolve(0) : engine.view.locate(asked, seq)),
    [seq, asked],
  )
  if (index >= 0) return null
  return (
    <p class="note" role="status" data-testid="hidden-note">
      The filter hides this event.{' '}
      <button type="button" class="link" onClick={() => actions.filter.setText('')}>
        Clear the filter
      </button>
    </p>
  )
}
