import { FACTORIES } from '@playhead/engine/assemble'
import type { LinkInfo } from '@playhead/engine/contract/links'
import { Engine } from '@playhead/engine/engine'
import type { LogReader } from '@playhead/engine/log/reader'
import type { ReplayController, ReplayDelegate } from '@playhead/engine/replay/controller'
import { memoryHost } from '@playhead/engine/testing/memory-host'
import { createRecorder, type Recorder } from '@playhead/sdk'
import { afterEach, describe, expect, it } from 'vitest'

const LINK: LinkInfo = { link: 1, tab: 'run-1', origin: 'http://localhost', frame: 'top' }

/** The real recorder and the real engine, with a MessageChannel between them. */
describe('what a recorder sends', () => {
  let engine: Engine
  let recorder: Recorder
  let replay!: ReplayDelegate
  afterEach(() => {
    recorder.dispose()
    engine.dispose()
  })

  const start = async () => {
    engine = new Engine(memoryHost(), {
      ...FACTORIES,
      replay: delegate => {
        replay = delegate
        return { report() {}, linkClosed() {} } as Partial<ReplayController> as ReplayController
      },
    })
    await engine.start({ database: 'none', persistent: false, maxEvents: 100_000, textBudget: 64 << 20 })
    recorder = createRecorder({ enabled: true, name: 'grid' })
  }

  const connect = async (link = LINK): Promise<() => LogReader | undefined> => {
    const { port1, port2 } = new MessageChannel()
    await engine.subscribe(notice => {
      if (notice.t === 'send' && notice.link === link.link) port2.postMessage(notice.message)
    })
    await engine.links.opened(link)
    port2.onmessage = event => void engine.links.receive(link.link, event.data)
    recorder.acceptPort(port1)
    return () => replay.live(link.link)?.log
  }

  const until = async (holds: () => boolean | undefined) => {
    for (let i = 0; !holds(); i++) {
      if (i > 2000) throw new Error(`never came true: ${holds}`)
      await new Promise(resolve => setTimeout(resolve, 2))
    }
  }

  const missing = (log: LogReader) => log.gaps.reduce((sum, gap) => sum + gap.count, 0)

  const rows = (count: number) =>
    Array.from({ length: count }, (_, id) => ({ id, name: `Row ${id}`, text: 'x'.repeat(1000) }))

  it('is whole in the log, also a state of ten megabytes, with events before and after', async () => {
    await start()
    const state = rows(10_000)
    for (let i = 0; i < 500; i++) recorder.record('before', i)
    recorder.state('grid', { get: () => state })
    for (let i = 0; i < 500; i++) recorder.record('after', i)
    const log = await connect()
    await until(() => log()?.endSeq === 1000)
    const [keyframe] = log()!.keyframes
    expect(keyframe).toMatchObject({ state: 'grid', afterN: 500, why: 'start' })
    expect(keyframe!.json.length).toBeGreaterThan(10_000_000)
    expect(JSON.parse(keyframe!.json)).toEqual(state)
    expect(missing(log()!)).toBe(0)
    // Acknowledged or not, it does not hold up what comes after it.
    replay.send(LINK.link, { t: 'keyframe' })
    await until(() => log()!.keyframes.length === 2)
    for (let i = 0; i < 500; i++) recorder.record('later', i)
    await until(() => log()?.endSeq === 1500)
    expect(missing(log()!)).toBe(0)
  })

  it('is whole for a state that fills the buffer, as soon as somebody listens', async () => {
    await start()
    const state = rows(14_500)
    recorder.state('grid', { get: () => state })
    for (let i = 0; i < 5000; i++) recorder.record('after', { i, text: 'x'.repeat(300) })
    const log = await connect()
    await until(() => log()?.endSeq === 5000 && log()!.keyframes.length === 1)
    expect(JSON.parse(log()!.keyframes[0]!.json)).toEqual(state)
    expect(missing(log()!)).toBe(0)
  })

  it('is cut visibly where a state is larger than a keyframe may be', async () => {
    await start()
    recorder.state('grid', { get: () => rows(20_000) })
    recorder.record('after')
    const log = await connect()
    await until(() => log()?.keyframes.length === 1)
    const { json } = log()!.keyframes[0]!
    expect(json.length).toBeLessThanOrEqual(16 << 20)
    expect(json).toContain('"$ph":"cut"')
    expect(() => JSON.parse(json)).not.toThrow()
  })

  it('is there once, keyframes and marks too, when a link is lost and another comes', async () => {
    await start()
    recorder.state('grid', { get: () => ({ rows: 3 }) })
    recorder.record('a')
    recorder.mark('first')
    const first = await connect()
    await until(() => first()?.endSeq === 1)
    const second = await connect({ ...LINK, link: 2 })
    recorder.record('b')
    recorder.mark('second')
    await until(() => second()?.endSeq === 2 && second()!.session.marks.length > 1)
    expect(second()!.keyframes).toHaveLength(1)
    expect(second()!.session.marks.map(mark => mark.name)).toEqual(['first', 'second'])
  })
})
