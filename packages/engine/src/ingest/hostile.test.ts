import { parseFilter } from '@playhead/shared/filter/parse'
import { Flag } from '@playhead/shared/model/event'
import { containerChecksum } from '@playhead/shared/wire/container'
import { afterEach, describe, expect, it } from 'vitest'
import { FACTORIES } from '../assemble'
import { Engine } from '../engine'
import type { ReplayController, ReplayDelegate } from '../replay/controller'
import { FakePanel } from '../testing/fake-page'
import { makeBatchBytes, testProducer } from '../testing/make-batch'
import { memoryHost } from '../testing/memory-host'
import { Random } from '../testing/random'

const A = testProducer(1)
const B = testProducer(2)
const EVIL = { origin: 'https://evil.example', frame: 'frame' as const }

/** What a page may say to the engine, and what comes of it. */
describe('the engine against a hostile page', () => {
  let engine: Engine
  let replay!: ReplayDelegate
  afterEach(() => engine.dispose())

  const start = async (maxEvents = 100_000) => {
    const standIn = (delegate: ReplayDelegate) => {
      replay = delegate
      return { report() {}, linkClosed() {} } as Partial<ReplayController> as ReplayController
    }
    engine = new Engine(memoryHost(), { ...FACTORIES, replay: standIn })
    await engine.start({ database: 'none', persistent: false, maxEvents, textBudget: 64 << 20 })
    return new FakePanel(engine)
  }
  const status = async (panel: FakePanel) => {
    await engine.sessions.setRecording(true)
    return panel.last('status')!.status
  }
  const problems = (panel: FakePanel) =>
    panel.notices.flatMap(notice => (notice.t === 'problem' ? [notice.message] : []))

  it('believes the link, not the page, about where a recorder runs', async () => {
    const panel = await start()
    const page = panel.page(A, { origin: 'https://evil.example' })
    await page.open({ origin: 'https://bank.example', url: 'https://bank.example/account' })
    const { session, links } = await status(panel)
    expect(session).toMatchObject({ origin: 'https://evil.example', url: 'https://evil.example' })
    expect(session!.producers[0]!.url).toBe('https://evil.example')
    expect(links[0]!.url).toBe('https://evil.example')
    expect(replay.live(1)?.origin).toBe('https://evil.example')
  })

  it('does not let a frame of another origin take over a recorder, or speak of it', async () => {
    const panel = await start()
    const page = panel.page(A)
    await page.open()
    await page.emit(10)
    const frame = panel.page(A, EVIL)
    expect(await frame.open({ emitted: 1000 })).toBeUndefined()
    await frame.send({ firstN: 11, count: 5 })
    const other = panel.page(B, EVIL)
    expect(await other.open({ previous: { producer: A, emitted: 4000, sent: 0 } })).toBeDefined()
    await engine.links.receive(other.link.link, {
      t: 'batch',
      data: makeBatchBytes({ producer: A, firstN: 11, count: 5 }),
    })
    await page.emit(10)
    expect(await status(panel)).toMatchObject({ events: 20, missing: 0, rejected: 3 })
    expect(problems(panel)).toEqual([expect.stringContaining('belongs to a page of another origin')])
  })

  it('replays a frame into its own origin only, each step once', async () => {
    engine = new Engine(memoryHost())
    await engine.start({ database: 'none', persistent: false, maxEvents: 1000, textBudget: 64 << 20 })
    const panel = new FakePanel(engine)
    const attachments = [{ id: 1, name: 'bus', source: 'core', replay: true }]
    const top = panel.page(A)
    await top.open({ attachments })
    const frame = panel.page(B, { origin: 'https://pay.example', frame: 'frame' })
    await frame.open({ attachments })
    const roots = { rest: { flags: new Uint8Array(700).fill(Flag.input) }, payload: () => '{"secret":1}' }
    await frame.emit(700, roots)
    const { session } = await status(panel)
    const request = {
      session: session!.id,
      fromSeq: 0,
      toSeq: null,
      mode: 'roots' as const,
      edits: [],
      consequences: [],
    }
    const planned = await engine.replay.plan(request)
    const { plan, origin, steps } = planned.ok ? planned.value : { plan: 0, origin: '', steps: 0 }
    expect([origin, steps]).toEqual(['https://pay.example', 700])
    const options = { speed: 0, paused: false }
    expect(await engine.replay.start(plan, top.link.link, options)).toMatchObject({ ok: false })
    expect(top.received.some(({ t }) => t === 'replay')).toBe(false)
    expect(await engine.replay.start(plan, frame.link.link, options)).toMatchObject({ ok: true })
    const want = (applied: number, link = frame.link.link) =>
      engine.links.receive(link, { t: 'replay', op: 'want', run: 1, applied, skipped: 0, reason: '' })
    for (const applied of [0, 0, 0, 1, 600, 512, 512, 700, 4e9]) await want(applied)
    await want(0, top.link.link)
    const sent = frame.received.flatMap(message => (message.t === 'replay' && message.op === 'steps' ? [message] : []))
    expect(sent.map(({ index, steps }) => [index, steps.length])).toEqual([
      [0, 512],
      [512, 188],
    ])
    expect(top.received.some(({ t }) => t === 'replay')).toBe(false)
  })

  it('drops what only an engine says, and what nobody says', async () => {
    const panel = await start()
    const page = panel.page(A)
    await page.open()
    const odd = [
      { t: 'ack', accepted: 4e9, persisted: 4e9 },
      { t: 'welcome', wire: 1 },
      { t: 'batch' },
      { t: 'batch', data: 'x' },
      { t: 'batch', data: { byteLength: 8 } },
      { t: 'batch', data: new ArrayBuffer(0) },
      { t: 'batch', data: new ArrayBuffer(100 << 20) },
      { t: 'pong', id: -1, now: 0, wall: 0, accepted: 0 },
      { t: 'pong', id: 1, now: Number.NaN, wall: 0, accepted: 0 },
      { t: 'pong', id: 1, now: 0, wall: 1e300, accepted: 0 },
      { t: '__proto__' },
      { t: { toString: () => 'hello' } },
      JSON.parse('{"__proto__":{"t":"batch"},"constructor":{"prototype":{"x":1}}}'),
      null,
      7,
      'hello',
      [],
    ]
    for (const message of odd) await engine.links.receive(page.link.link, message)
    await page.emit(10)
    expect(await status(panel)).toMatchObject({ events: 10, missing: 0, rejected: odd.length })
    expect(problems(panel)).toEqual([])
  })

  it('complains once about a page that cannot say hello', async () => {
    const panel = await start()
    const page = panel.page(A)
    await engine.links.opened(page.link)
    for (let i = 0; i < 100; i++) await engine.links.receive(page.link.link, page.hello({ wall: 1e300 }))
    expect(problems(panel)).toEqual(['A page cannot record: wall: no clock shows this'])
    expect((await status(panel)).rejected).toBe(100)
  })

  it('gives out what it says of a session within bounds, whatever recorders a page invents', async () => {
    const panel = await start()
    const attachments = Array.from({ length: 255 }, (_, i) => ({
      ...{ id: i + 1, name: 'n'.repeat(256), source: 's'.repeat(256), replay: true },
    }))
    for (let i = 1; i <= 200; i++) {
      await panel.page(testProducer(i)).open({ attachments, title: 't'.repeat(512), url: `http://localhost/${i}` })
    }
    const first = panel.page(testProducer(1))
    await first.open({ attachments: [] })
    await first.send({ firstN: 1, count: 1, rest: { marks: marks(testProducer(1), 5000) } })
    await first.send({ firstN: 2, count: 1, rest: { marks: marks(testProducer(1), 5000) } })
    const { session } = await status(panel)
    expect(JSON.stringify(session).length).toBeLessThan(8 << 20)
    expect(session!.producers.length).toBeGreaterThan(10)
    expect(session!.marks.length).toBeGreaterThan(100)
  })

  it('bounds what is missing, when a page numbers its events with holes', async () => {
    const panel = await start(10_000)
    const page = panel.page(A)
    await page.open()
    for (let batch = 0; batch < 60; batch++) {
      const numbers = Array.from({ length: 4096 }, (_, i) => 2 * (batch * 4096 + i) + 2)
      await page.send({ numbers, payload: () => '1' })
    }
    const { missing, rejected } = await status(panel)
    expect(rejected).toBeGreaterThan(0)
    expect(missing).toBeLessThan(2 * 60 * 4096)
    const { gaps } = await engine.view.show({ session: null, filter: {} })
    expect(gaps).toBeLessThan(250_000)
  })

  it('takes names of any kind as names', async () => {
    const panel = await start()
    const page = panel.page(A)
    const names = [
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      '',
      '<img src=x onerror=alert(1)>',
    ]
    await page.open({
      states: names,
      facets: names.map(name => ({ name })),
      attachments: names.map((name, i) => ({ id: i + 1, name, source: name, replay: true })),
    })
    const payload = () => '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    const rest = {
      facets: names.map(name => ({ name, form: 'number' as const, values: new Float64Array(14) })),
      keyframes: names.map(state => ({
        ...{ producer: A, afterN: 0, take: 0, time: 0, state, json: payload(), why: 'request' as const },
      })),
      patches: names.map((state, row) => ({ row, state, json: payload() })),
    }
    await page.send({ firstN: 1, count: 14, types: names, source: '__proto__', payload, rest })
    const { session } = await status(panel)
    const { types } = (await engine.read.vocabulary(session!.id))!
    expect(types.map(({ name }) => name).sort()).toEqual([...names].sort())
    const filtered = await engine.view.show({ session: null, filter: parseFilter('type:__proto__').filter })
    await expect.poll(async () => (await engine.view.rows(filtered.view, 0, 10)).items.length).toBe(2)
    const { filter } = parseFilter('payload.__proto__.polluted=1')
    const view = await engine.view.show({ session: null, filter })
    await expect.poll(async () => (await engine.view.rows(view.view, 0, 20)).items.length).toBe(14)
    await engine.read.detail(session!.id, 3)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('goes on, whatever a batch with a right checksum says', async () => {
    const panel = await start(5000)
    const page = panel.page(A)
    await page.open()
    const random = new Random(20261121)
    for (let round = 0; round < 3000; round++) {
      const rest = { marks: marks(A, 1), gaps: [], late: [{ n: 1, duration: 1, flags: 0 }] }
      const data = makeBatchBytes({ producer: A, firstN: 1 + 3 * round, count: 3, rest })
      const words = new Uint32Array(data)
      for (let i = random.whole(1, 3); i > 0; i--) {
        const at = random.whole(6, words.length - 1)
        if (random.chance(0.5)) words[at] = ODD[random.whole(0, ODD.length - 1)]!
        else words[at]! ^= 1 << random.whole(0, 31)
      }
      words[5] = containerChecksum(words)
      await engine.links.receive(page.link.link, { t: 'batch', data })
    }
    const { events, rejected, session } = await status(panel)
    expect(rejected).toBeGreaterThan(1000)
    expect(events).toBeGreaterThan(100)
    const { view } = await engine.view.show({ session: null, filter: {} })
    await expect.poll(async () => (await engine.view.rows(view, 0, 200)).items.length).toBeGreaterThan(100)
    for (const item of (await engine.view.rows(view, 0, 200)).items)
      if (item.item === 'event') await engine.read.detail(session!.id, item.seq)
    expect(problems(panel)).toEqual([])
  })
})

const ODD = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 0x7ff00000, 0x7ff80000, 0xfff00000]

function marks(producer: string, count: number) {
  return Array.from({ length: count }, (_, i) => ({
    ...{ time: i, kind: 'custom' as const, name: 'm'.repeat(300), producer, afterN: 0 },
  }))
}
