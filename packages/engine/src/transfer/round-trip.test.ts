import type { Mark } from '@playhead/shared/model/session'
import { encodeBatch } from '@playhead/shared/wire/batch-encode'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../artifacts/sha256'
import { statusOf } from '../testing/engine-scenarios'
import { FakePanel } from '../testing/fake-page'
import { makeBatch, testProducer } from '../testing/make-batch'
import { recordings } from '../testing/recordings'
import { FILE_SESSION, smallFile } from '../testing/small-file'
import { exported, FORMATS, property, record, roundTrip, transferEngine } from '../testing/transfer-scenarios'

const PAGE = testProducer(1)

describe('a session in a file', () => {
  it.each(FORMATS)(
    'comes back the same, whatever was recorded: %o',
    async format => {
      await property(recordings, 100, async recording => {
        const it = await transferEngine()
        await roundTrip(it.engine, await record(it, recording), format)
        await it.engine.dispose()
      })
    },
    120_000,
  )

  it('comes back the same when its beginning was evicted', async () => {
    await property(recordings, 100, async recording => {
      const it = await transferEngine({ maxEvents: 10 })
      await roundTrip(it.engine, await record(it, recording))
      await it.engine.dispose()
    })
  }, 120_000)

  it('comes back the same over many chunks', async () => {
    const { engine } = await transferEngine()
    const page = new FakePanel(engine).page(PAGE)
    await page.open()
    for (let i = 0; i < 40; i++) await page.emit(250, { payload: n => `{"n":${n},"text":"${'é'.repeat(n % 40)}"}` })
    await page.close()
    const { id } = (await statusOf(engine)).session!
    const { text, blob } = await exported(engine, id)
    const lines = await exported(engine, id, { format: 'jsonl', gzip: true })
    await engine.sessions.wipe()
    await engine.transfer.import(blob, '', 'ask')
    expect((await exported(engine, id)).text === text).toBe(true)
    await engine.sessions.wipe()
    await engine.transfer.import(lines.blob, '', 'ask')
    expect((await exported(engine, id)).text === text).toBe(true)
    const [info] = (await engine.sessions.list()).filter(session => session.id === id)
    expect(info).toMatchObject({ events: 10_000, missing: 0, imported: true, ended: true })
  })

  it('is not removed at once because it is old', async () => {
    const { engine } = await transferEngine()
    const none = { events: 0, bytes: 0, age: 0 }
    await engine.sessions.setRetention({ keep: 'memory', session: none, total: { ...none, age: 86_400_000 } })
    const file = smallFile()
    file.session.started = '2001-01-01T00:00:00.000Z'
    await engine.transfer.import(new Blob([JSON.stringify(file)]), '', 'ask')
    await engine.sessions.setRetention({ keep: 'memory', session: none, total: { ...none, age: 3_600_000 } })
    expect((await engine.sessions.list()).map(({ id }) => id)).toContain(FILE_SESSION)
  })

  it('comes back without events, too', async () => {
    const { engine } = await transferEngine()
    const page = new FakePanel(engine).page(PAGE)
    await page.open()
    await page.close()
    await roundTrip(engine, (await statusOf(engine)).session!.id)
  })
})

describe('marks', () => {
  it('of artifacts and baselines are in files, and so are the bytes', async () => {
    const { engine } = await transferEngine()
    const page = new FakePanel(engine).page(PAGE)
    await page.open()
    const data = new TextEncoder().encode('report').buffer
    const ref = await sha256(data)
    const at = { time: 5, producer: PAGE, afterN: 0 }
    const marks: Mark[] = [
      { ...at, kind: 'baseline', name: 'v1' },
      { ...at, kind: 'artifact', name: 'report', data: JSON.stringify({ ref, type: 'text/plain', bytes: 6 }) },
    ]
    await page.send({ firstN: 1, count: 1, rest: { marks } })
    await engine.links.receive(1, { t: 'artifact', id: 1, ref, name: 'report', type: '', time: 5, afterN: 0, data })
    await expect.poll(() => engine.sessions.artifacts([ref])).toEqual([ref])
    await page.close()
    const { id, marks: recorded } = (await statusOf(engine)).session!
    const { blob, text } = await exported(engine, id)
    expect(JSON.parse(text).session.marks).toMatchObject([{ kind: 'baseline' }, { kind: 'artifact', data: { ref } }])
    await engine.sessions.wipe()
    expect(await engine.transfer.import(blob, '', 'ask')).toMatchObject({ ok: true, warnings: [] })
    expect((await engine.sessions.summary(id))?.marks).toEqual(recorded)
    expect(await engine.sessions.artifacts([ref])).toEqual([ref])
  })
})

describe('what a hostile page calls JSON', () => {
  const sessionWith = async (payload: string) => {
    const { engine } = await transferEngine()
    const page = new FakePanel(engine).page(PAGE)
    await page.open()
    const keyframe = { producer: PAGE, afterN: 0, take: 0, time: 0, state: 's', json: payload, why: 'start' as const }
    const mark = { time: 0, kind: 'day' as const, name: 'd', producer: PAGE, afterN: 0, data: payload }
    const rest = { keyframes: [keyframe], marks: [mark], patches: [{ row: 0, state: 's', json: payload }] }
    const batch = makeBatch({ producer: PAGE, count: 1, payload: () => payload, rest })
    await engine.links.receive(1, { t: 'batch', data: encodeBatch(batch) })
    const { session, rejected } = await statusOf(engine)
    expect(rejected).toBe(0)
    await page.close()
    return { engine, id: session!.id }
  }
  const deep = '['.repeat(20_000) + ']'.repeat(20_000)

  it.each([
    ['not JSON', 'hello', 5],
    ['not JSON', `1},{"id":"${PAGE}-0000000099","type":"forged","payload":1`, undefined],
    ['not JSON', '{"a":1}]}', 9],
    ['not JSON', '{"a":1', 6],
    ['not JSON', '\ufeff1', 2],
    ['nested too deep', deep, deep.length],
  ])('stands in the file as what it is: %s %#', async (type, payload, size = payload.length) => {
    const { engine, id } = await sessionWith(payload)
    const { blob, text } = await exported(engine, id)
    const cut = { $ph: 'cut', type, size }
    const file = JSON.parse(text)
    expect(file.events).toMatchObject([{ payload: cut, patches: [{ patch: cut }] }])
    expect(file).toMatchObject({ snapshots: [{ value: cut }], session: { marks: [{ data: cut }] } })
    await engine.sessions.wipe()
    expect(await engine.transfer.import(blob, '', 'ask')).toMatchObject({ ok: true, events: 1 })
  })

  it.each([
    ['"\ufeff"', '"\ufeff"'],
    ['', '{"$ph":"undefined"}'],
    ['{ "a" : [ 1.50, -0, 1E2 ], "a": "\\u00e9" }', '{"a":[1.50,-0,1E2],"a":"\\u00e9"}'],
    ['1e999', '1e999'],
    ['['.repeat(480) + ']'.repeat(480), '['.repeat(480) + ']'.repeat(480)],
  ])('means the same after an import: %#', async (payload, expected) => {
    const { engine } = await transferEngine()
    const page = new FakePanel(engine).page(PAGE)
    await page.open()
    await page.send({ count: 1, payload: () => payload })
    await page.close()
    const { id } = (await statusOf(engine)).session!
    const { blob } = await exported(engine, id)
    await engine.sessions.wipe()
    expect(await engine.transfer.import(blob, '', 'ask')).toMatchObject({ ok: true })
    expect(await engine.read.detail(id, 0)).toMatchObject({ payload: expected })
  })
})
