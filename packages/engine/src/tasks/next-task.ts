/**
 * Resolves in a new task, after the messages and timers that were due before the call. Long work awaits it to let others have their turn.
 * A message to oneself is used because `setTimeout(0)` waits 4 ms when it is nested.
 */
export function nextTask(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
