import { proxy, transfer, wrap } from 'comlink'
import { expect, it } from 'vitest'
import type { EngineApi } from '../contract/engine'
import type { EngineNotice } from '../contract/status'
import { FakePage } from '../testing/fake-page'
import { makeBatchBytes, testProducer } from '../testing/make-batch'

const OPTIONS = { maxEvents: 1e6, textBudget: 1 << 20, persistent: true }
const PRODUCER = testProducer(1)

async function startWorker(database: string) {
  const worker = new Worker(new URL('./entry.ts', import.meta.url), { type: 'module' })
  const engine = wrap<EngineApi>(worker) as unknown as EngineApi
  await engine.start({ ...OPTIONS, database })
  const page = new FakePage(engine, PRODUCER, {
    ...{ link: 1, tab: 'run-1', origin: 'http://localhost', frame: 'top' as const },
  })
  const take = (notice: EngineNotice) => {
    if (notice.t === 'send') page.received.push(notice.message as never)
  }
  await engine.subscribe(proxy(take))
  return { worker, engine, page }
}

it('a worker killed at any moment keeps everything it acknowledged as persisted', async () => {
  const database = `killed-${Math.random()}`
  const first = await startWorker(database)
  await first.page.open()
  const persisted = () => first.page.last('ack')?.persisted ?? 0
  let sent = 0
  while (persisted() < 20_000) {
    const data = makeBatchBytes({ producer: PRODUCER, firstN: sent + 1, count: 256, bytes: 100 })
    sent += 256
    const message = { t: 'batch' as const, data }
    await first.engine.links.receive(1, transfer(message, [data]))
  }
  const acknowledged = persisted()
  first.worker.terminate()

  const second = await startWorker(database)
  const [session] = await second.engine.sessions.list()
  expect(session).toMatchObject({ recovered: true, ended: false })
  const kept = session!.producers[0]!.emitted
  expect(kept).toBeGreaterThanOrEqual(acknowledged)
  expect(session!.events + session!.missing).toBe(kept)
  expect(session!.missing).toBe(0)
  // The page is still there and sends what is missing.
  second.page.emitted = sent
  await second.page.open()
  await expect.poll(() => second.page.last('welcome')).toMatchObject({ session: session!.id, accepted: kept })
  await second.page.send({ firstN: kept + 1, count: 500 })
  await second.engine.sessions.flush()
  const [again] = await second.engine.sessions.list()
  expect(again).toMatchObject({ events: kept + 500, missing: 0, recovered: false })
  second.worker.terminate()
})
