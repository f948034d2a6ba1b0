import { MessageChannel } from 'node:worker_threads'
import { decodeBatch } from '@playhead/shared/wire/batch-decode'

/** A panel over a port of Node's own, whose messages nobody patches. */
export function panel() {
  const { port1, port2 } = new MessageChannel()
  const stored: number[] = []
  port1.on('message', message => {
    const welcome = { t: 'welcome', wire: 1, session: 'S', accepted: 0, persisted: 0, recording: true, level: null }
    if (message.t === 'hello') port1.postMessage(welcome)
    else if (message.t === 'batch') stored.push(decodeBatch(message.data).count)
  })
  return {
    port: port2 as unknown as MessagePort,
    stored: () => stored.reduce((sum, rows) => sum + rows, 0),
  }
}

/** Prints the result, and ends. */
export function report(result: unknown): never {
  console.log(JSON.stringify(result))
  process.exit(0)
}
