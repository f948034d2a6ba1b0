import { createWriteStream, openAsBlob } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseFilter } from '@playhead/shared/filter/parse'
import { eventId } from '@playhead/shared/model/id'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../engine'
import type { EngineHost } from '../host'
import { engineScenarios, statusOf } from '../testing/engine-scenarios'
import { retentionScenarios } from '../testing/retention-scenarios'
import { FILE_PRODUCER, smallFile } from '../testing/small-file'
import { nodeHost } from './host'
import { recordInto, startEngine } from './testing/recorded-here'

let folder: string
const engines: Engine[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-node-'))
})
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.dispose().catch(() => {})
  // Engines of the scenarios may still write.
  await rm(folder, { recursive: true, force: true, maxRetries: 10 })
})

const start = async () => {
  const engine = await startEngine(nodeHost(folder))
  engines.push(engine)
  return engine
}
const stop = async (engine: Engine) => {
  engines.splice(engines.indexOf(engine), 1)
  await engine.dispose()
}
const find = async (engine: Engine, session: string | null, text: string) => {
  const { view } = await engine.view.show({ session, filter: parseFilter(text).filter })
  return async () => (await engine.view.rows(view, 0, 1000)).items
}

let databases = 0
describe('an engine in Node', () =>
  engineScenarios(
    true,
    () => `db-${databases++}`,
    () => nodeHost(folder),
  ))
describe('what an engine in Node keeps', () =>
  retentionScenarios(
    true,
    () => `db-${databases++}`,
    () => nodeHost(folder),
  ))

describe('a session of this process', () => {
  it('is recorded over a MessagePort, found, explained, exported, closed and opened again', async () => {
    const engine = await start()
    const recorder = await recordInto(engine)
    const first = recorder.record('order:placed', { orderId: 17, amount: 12.5 })
    recorder.within(first, () => {
      const paid = recorder.record('order:paid', { orderId: 17 })
      recorder.within(paid, () => recorder.record('mail:sent', { to: 'somebody' }))
    })
    for (let i = 0; i < 9997; i++) recorder.record('clock:tick', { i })
    await expect.poll(async () => (await statusOf(engine)).events).toBe(10_000)
    const { id } = (await statusOf(engine)).session!

    const found = await find(engine, null, 'payload.orderId=17')
    await expect.poll(async () => (await found()).length).toBe(2)
    const [placed] = await found()
    const tree = await engine.read.causeTree(id, (placed as { seq: number }).seq)
    expect(tree?.typeNames.map((_, i) => tree.typeNames[tree.types[i]!])).toEqual([
      ...['order:placed', 'order:paid', 'mail:sent'],
    ])
    expect([...tree!.depths]).toEqual([0, 1, 2])

    const exported = await engine.transfer.export(id, { format: 'jsonl', gzip: false })
    expect(exported).toMatchObject({ ok: true, value: { events: 10_000 } })
    const [file] = await readdir(join(folder, 'exports'))
    expect(file).toMatch(/\.jsonl$/)
    await engine.sessions.flush()
    recorder.dispose()
    await stop(engine)

    const again = await start()
    expect(await again.sessions.list()).toMatchObject([{ id, events: 10_000, missing: 0 }])
    const rows = await find(again, id, 'type:mail:sent')
    await expect.poll(async () => (await rows()).length).toBe(1)
    await again.sessions.remove(id)
    const blob = await openAsBlob(join(folder, 'exports', file!))
    expect(await again.transfer.import(blob, file!, 'ask')).toMatchObject({ ok: true, session: id, events: 10_000 })
  })

  it('of a million events is imported from a file, opened and searched, and exported in constant memory', async () => {
    const path = join(folder, 'million.jsonl')
    await writeMillion(path)
    const engine = await start()
    const imported = await engine.transfer.import(await openAsBlob(path), 'million.jsonl', 'ask')
    expect(imported).toMatchObject({ ok: true, events: 1_000_000, warnings: [] })
    await stop(engine)

    const host = nodeHost(folder)
    const waiting = watchExports(host)
    const again = await startEngine(host)
    engines.push(again)
    const [info] = await again.sessions.list()
    expect(info).toMatchObject({ events: 1_000_000 })
    const rows = await find(again, info!.id, 'payload.orderId=777777')
    await expect.poll(async () => (await rows()).length, { timeout: 60_000 }).toBe(1)
    const exported = await again.transfer.export(info!.id, { format: 'jsonl', gzip: false })
    if (!exported.ok) throw new Error(exported.message)
    const { size } = await stat(join(folder, 'exports', exported.value.name))
    expect(size).toBe(exported.value.blob.size)
    expect(size).toBeGreaterThan(100 << 20)
    // What the export holds of the file, whatever its length.
    expect(waiting.most).toBeGreaterThan(0)
    expect(waiting.most).toBeLessThan(4 << 20)
  }, 240_000)
})

describe('two engines over one folder', () => {
  it('do not write into one session', async () => {
    const one = await start()
    const recorder = await recordInto(one)
    recorder.record('a')
    await expect.poll(async () => (await statusOf(one)).events).toBe(1)
    const { id } = (await statusOf(one)).session!
    await one.sessions.flush()
    const two = await start()
    await two.sessions.remove(id)
    expect((await two.sessions.list()).map(session => session.id)).toEqual([id])
    expect(await two.sessions.list()).toMatchObject([{ recovered: false }])
    recorder.dispose()
  })

  it('tell each other that everything was deleted', async () => {
    const [one, two] = [await start(), await start()]
    const recorder = await recordInto(one)
    recorder.record('a')
    await expect.poll(async () => (await statusOf(one)).events).toBe(1)
    const { id } = (await statusOf(one)).session!
    await two.sessions.wipe()
    await expect.poll(async () => (await statusOf(one)).session?.id).not.toBe(id)
    recorder.dispose()
  })
})

it('an expression that would take for ever is stopped, and the engine goes on', async () => {
  const engine = await start()
  const recorder = await recordInto(engine)
  recorder.record('slow', `${'a'.repeat(60)}!`)
  recorder.record('other', 'plain')
  await expect.poll(async () => (await statusOf(engine)).events).toBe(2)
  let problem = ''
  await engine.subscribe(notice => {
    if (notice.t === 'view') problem = notice.view.problem
  })
  await find(engine, null, '/^"(a+)+$/')
  await expect.poll(() => problem, { timeout: 30_000 }).toContain('takes too long')
  const plain = await find(engine, null, '/pl.in/')
  await expect.poll(async () => (await plain()).length).toBe(1)
  recorder.dispose()
})

/** Counts the bytes of exports that were handed over and are not in their file yet: `most` at one time. */
function watchExports(host: EngineHost): { most: number } {
  const waiting = { most: 0 }
  let now = 0
  const { exports } = host
  const open = async (type: string, name: string) => {
    const sink = await exports.open(type, name)
    const write = async (bytes: Uint8Array<ArrayBuffer>) => {
      now += bytes.length
      waiting.most = Math.max(waiting.most, now)
      await sink.write(bytes)
      now -= bytes.length
    }
    return { ...sink, write }
  }
  host.exports = { ...exports, open }
  return waiting
}

async function writeMillion(path: string): Promise<void> {
  const { format, version, session } = smallFile()
  const file = createWriteStream(path)
  const header = {
    ...session,
    bookmarks: [],
    marks: [],
    takes: session.takes.slice(0, 1),
    producers: session.producers.slice(0, 1),
  }
  file.write(`${JSON.stringify({ format, version, session: header })}\n`)
  const time = '2026-01-02T03:04:05.000Z'
  for (let from = 1; from <= 1_000_000; from += 1000) {
    let text = ''
    for (let n = from; n < from + 1000; n++) {
      const payload = { orderId: n, text: 'twelve words' }
      text += `${JSON.stringify({ id: eventId(FILE_PRODUCER, n), t: n, time, type: `order:${n % 7}`, source: 'core', kind: 'action', level: 'action', payload })}\n`
    }
    if (!file.write(text)) await new Promise<void>(resolve => void file.once('drain', () => resolve()))
  }
  file.end(`${JSON.stringify({ end: { events: 1_000_000 } })}\n`)
  await finished(file)
}
