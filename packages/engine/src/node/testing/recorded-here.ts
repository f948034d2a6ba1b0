import { createRecorder, type Recorder } from '@playhead/sdk'
import type { EngineOptions } from '../../contract/engine'
import { Engine } from '../../engine'
import type { EngineHost } from '../../host'

const LINK = { link: 1, tab: 'run-1', origin: 'http://localhost', frame: 'top' as const }

/** Starts an engine that may hold a million events. */
export async function startEngine(host: EngineHost, options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = new Engine(host)
  await engine.start({ database: 'db', persistent: true, maxEvents: 1e9, textBudget: 8 << 20, ...options })
  return engine
}

/** The real recorder and the real engine of one process, with a MessagePort between them. */
export async function recordInto(engine: Engine, heard: (message: unknown) => void = () => {}): Promise<Recorder> {
  const { port1, port2 } = new MessageChannel()
  await engine.subscribe(notice => {
    if (notice.t !== 'send' || notice.link !== LINK.link) return
    heard(notice.message)
    port2.postMessage(notice.message)
  })
  await engine.links.opened(LINK)
  port2.onmessage = event => void engine.links.receive(LINK.link, event.data)
  const recorder = createRecorder({ enabled: true, name: 'orders', facets: ['orderId'] })
  recorder.acceptPort(port1)
  return recorder
}
