/** Puts a text on the clipboard. A panel of DevTools may be refused the clipboard's interface, where the old way still works. */
export async function copyText(text: string): Promise<void> {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'hidden'
  const focused = document.activeElement as HTMLElement | null
  document.body.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  focused?.focus()
  if (!copied) await navigator.clipboard.writeText(text)
}
