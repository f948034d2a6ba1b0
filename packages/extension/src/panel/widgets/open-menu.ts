/** Opens the menu of the popup whose button has this test id, and puts the focus on the button. */
export function openMenu(testId: string): void {
  const summary = document.querySelector<HTMLElement>(`summary[data-testid="${testId}"]`)
  if (summary?.parentElement instanceof HTMLDetailsElement) summary.parentElement.open = true
  summary?.focus()
}

/** Clicks the control that has this test id, as a command that stands for it does. */
export function press(testId: string): void {
  document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)?.click()
}
