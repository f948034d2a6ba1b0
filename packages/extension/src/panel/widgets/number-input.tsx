import { useSignal } from '@preact/signals'

interface NumberInputProps {
  min?: number
  step?: number | 'any'
  placeholder?: string
  'aria-label'?: string
  'data-testid'?: string
  value: string | number
  /** Called when the user has typed a number and pressed Enter, or went on to something else. */
  onTyped(input: HTMLInputElement): void
}

/** A box for a number: it shows `value`, but never over what the user is typing: what is around it may be drawn anew at every key. */
export function NumberInput({ value, onTyped, ...rest }: NumberInputProps) {
  const typed = useSignal<string | null>(null)
  return (
    <input
      {...rest}
      type="number"
      value={typed.value ?? value}
      onInput={({ currentTarget }) => {
        typed.value = currentTarget.value
      }}
      onChange={({ currentTarget }) => {
        onTyped(currentTarget)
        typed.value = null
      }}
      onBlur={() => {
        typed.value = null
      }}
    />
  )
}
