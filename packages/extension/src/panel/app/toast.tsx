import { useSignal, useSignalEffect } from '@preact/signals'
import { usePanel } from '../state/context'

/** ms for which the toast stays. */
const SHOWN = 2500

export function Toast() {
  const { store } = usePanel()
  const shown = useSignal('')
  useSignalEffect(() => {
    const { text, at } = store.toast.value
    if (at === 0) return
    shown.value = text
    const timer = setTimeout(() => {
      shown.value = ''
    }, SHOWN)
    return () => clearTimeout(timer)
  })
  return (
    <p class={shown.value ? 'toast' : 'toast gone'} role="status" data-testid="toast">
      {shown.value}
    </p>
  )
}
