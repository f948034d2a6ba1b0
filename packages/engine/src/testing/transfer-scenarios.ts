import { encodeBatch } from '@playhead/shared/wire/batch-encode'
import fc from 'fast-check'
import { expect } from 'vitest'
import { FACTORIES } from '../assemble'
import type { EngineApi, EngineOptions } from '../contract/engine'
import type { ExportFormat } from '../contract/transfer'
import { Engine } from '../engine'
import type { EngineHost } from '../host'
import type { ReplayController, ReplayDelegate } from '../replay/controller'
import { enginePicture } from './engine-picture'
import { statusOf } from './engine-scenarios'
import { FakePanel } from './fake-page'
import { memoryHost } from './memory-host'
import type { Recording } from './recordings'

/** An engine that can export and import, and through which a test can register takes. */
export interface TransferEngine {
  engine: Engine
  host: ReplayDelegate
}

export async function transferEngine(
  options: Partial<EngineOptions> = {},
  host: EngineHost = memoryHost(),
): Promise<TransferEngine> {
  let delegate: ReplayDelegate | undefined
  const replay = (given: ReplayDelegate): ReplayController => {
    delegate = given
    return { report() {}, linkClosed() {} } as Partial<ReplayController> as ReplayController
  }
  const engine = new Engine(host, { ...FACTORIES, replay })
  await engine.start({ database: '', persistent: false, maxEvents: 100_000, textBudget: 1 << 20, ...options })
  if (!delegate) throw new Error('the engine did not make its replay controller')
  return { engine, host: delegate }
}

/** Plays a recording into an engine and returns the id of its session, which goes on living. */
export async function record({ engine, host }: TransferEngine, { pages, takes, schemas }: Recording): Promise<string> {
  const panel = new FakePanel(engine)
  for (const [index, { producer, frame, timeOrigin, now, url, title, batches }] of pages.entries()) {
    const page = panel.page(producer, { frame })
    const wall = timeOrigin + now
    await page.open({ timeOrigin, now, wall, url, title, emitted: 0, oldest: 1 })
    await engine.links.receive(page.link.link, { t: 'schemas', schemas: schemas[index] })
    for (const batch of batches) {
      await engine.links.receive(page.link.link, { t: 'batch', data: encodeBatch(batch) })
    }
    if (index === pages.length - 1) for (const take of takes) host.newTake(page.link.link, { kind: 'replay', ...take })
    await page.close()
  }
  const { session, rejected } = await statusOf(engine)
  expect(rejected).toBe(0)
  if (!session) throw new Error('nothing was recorded')
  return session.id
}

export async function exported(
  engine: EngineApi,
  session: string,
  format?: ExportFormat,
): Promise<{ blob: Blob; text: string; name: string }> {
  const outcome = await engine.transfer.export(session, format)
  if (!outcome.ok) throw new Error(outcome.message)
  const { blob, name } = outcome.value
  const text = format?.gzip ? blob.stream().pipeThrough(new DecompressionStream('gzip')) : blob.stream()
  return { blob, name, text: await new Response(text).text() }
}

/** Every way out that is a way in too. */
export const FORMATS: readonly ExportFormat[] = [
  { format: 'json', gzip: false },
  { format: 'json', gzip: true },
  { format: 'jsonl', gzip: false },
  { format: 'jsonl', gzip: true },
]

/** Export, wipe, import, export: the same text, and the same session to whoever asks. */
export async function roundTrip(engine: EngineApi, session: string, format?: ExportFormat): Promise<void> {
  await engine.sessions.annotate(session, { tags: ['slow', '\ud800'], note: 'before the fix' })
  const before = await enginePicture(engine, session)
  const { blob, text } = await exported(engine, session, format)
  expect(JSON.parse(format?.format === 'jsonl' ? (text.split('\n')[0] ?? '') : text)).toMatchObject({
    format: 'playhead/session',
    version: 1,
  })
  await engine.sessions.wipe()
  const outcome = await engine.transfer.import(blob, 'session.json', 'ask')
  expect(outcome).toEqual({ ok: true, session, events: before.session.events, warnings: [] })
  expect(await enginePicture(engine, session)).toEqual(before)
  expect((await exported(engine, session, format)).text).toBe(text)
}

export function property(arbitrary: fc.Arbitrary<Recording>, runs: number, test: (it: Recording) => Promise<void>) {
  return fc.assert(fc.asyncProperty(arbitrary, test), { seed: 20261121, numRuns: runs, endOnFailure: true })
}
