import { CAUSE_KINDS, Flag } from '@playhead/shared/model/event'
import type { Take } from '@playhead/shared/model/session'
import type { ReplayReport, ToPage } from '@playhead/shared/wire/messages'
import { describe, expect, it } from 'vitest'
import type { ReplayRequest, ReplayStatus } from '../contract/replay'
import type { FakeEvent } from '../testing/fake-chunk'
import { FakeLog } from '../testing/fake-log'
import { testProducer } from '../testing/make-batch'
import { ReplayController } from './controller'

const SYNC = CAUSE_KINDS.indexOf('synchronous')
const LINK = 4
const OPTIONS = { speed: 2, paused: false }

/** A recorded page of `roots` clicks, each followed by one effect; the page is still there, on link 4. */
class Stage {
  readonly live: FakeLog
  recording: FakeLog
  readonly sent: ToPage[] = []
  readonly statuses: ReplayStatus[] = []
  readonly takes: Omit<Take, 'take' | 'started'>[] = []
  origin = 'http://localhost'
  connected = true
  readonly controller: ReplayController

  constructor(roots = 2, elsewhere = false) {
    this.live = recorded(roots)
    this.recording = elsewhere ? recorded(roots) : this.live
    if (elsewhere) this.recording.session.id = '01JE15EWHERE00000000000000'
    this.controller = new ReplayController({
      open: async () => this.recording,
      send: (link, message) => {
        expect(link).toBe(LINK)
        this.sent.push(message)
      },
      notify: status => this.statuses.push(status),
      live: () => (this.connected ? { log: this.live, origin: this.origin } : undefined),
      newTake: (_, take) => this.takes.push(take),
    })
  }

  get status(): ReplayStatus {
    return this.statuses.at(-1)!
  }

  get states(): string[] {
    return this.statuses.map(status => status.state).filter((state, i, all) => state !== all[i - 1])
  }

  async plan(rest: Partial<ReplayRequest> = {}): Promise<number> {
    const request: ReplayRequest = {
      ...{ session: 'S', fromSeq: null, toSeq: null, mode: 'roots', edits: [], consequences: [], ...rest },
    }
    const outcome = await this.controller.plan(request)
    if (!outcome.ok) throw new Error(outcome.message)
    return outcome.value.plan
  }

  async start(): Promise<void> {
    expect(await this.controller.start(await this.plan(), LINK, OPTIONS)).toEqual({ ok: true, value: { take: 1 } })
  }

  report(op: ReplayReport['op'], applied = 0, rest: Partial<ReplayReport> = {}): void {
    this.controller.report(LINK, { t: 'replay', op, run: 1, applied, skipped: 0, reason: '', ...rest })
  }

  /** What the page emits in take 1, after everything in the log. */
  emit(...events: Partial<FakeEvent>[]): void {
    for (const event of events) {
      const n = this.live.endSeq + 1
      this.live.append([{ producer: 0, n, time: n, take: 1, via: 1, payload: '1', ...event }])
    }
  }

  async until(condition: () => boolean): Promise<void> {
    await expect.poll(condition, { interval: 1 }).toBe(true)
  }
}

function recorded(roots: number): FakeLog {
  const log = new FakeLog()
  log.keyframes.push({
    ...{ producer: testProducer(0), afterN: 0, take: 0, time: 0 },
    state: 's',
    why: 'start',
    json: '0',
  })
  for (let i = 0; i < roots; i++) {
    const n = 2 * i + 1
    const plain = { producer: 0, via: 1, payload: '1' }
    log.append([
      { ...plain, n, time: n, type: 'click', flags: Flag.input },
      { ...plain, n: n + 1, time: n, type: 'saved', causeN: n, causeKind: SYNC },
    ])
  }
  return log
}

const click = { type: 'click', flags: Flag.input }
const saved = { type: 'saved', causeN: 1, causeKind: SYNC }

describe('a replay', () => {
  it('goes from seeking to playing to done to idle, and compares on the way', async () => {
    const stage = new Stage()
    await stage.start()
    expect(stage.status).toMatchObject({ state: 'seeking', take: 1, total: 2, speed: 2, applied: 0, seq: -1 })
    expect(stage.sent.map(message => message.t)).toEqual(['keyframe', 'replay'])
    expect(stage.sent[1]).toEqual({
      ...{ t: 'replay', op: 'start', run: 1, take: 1, away: 2, total: 2, speed: 2, paused: false, mode: 'roots' },
      ...{ origin: 'http://localhost', states: [{ state: 's', json: '0' }] },
    })
    stage.report('started')
    stage.report('want', 0)
    expect(stage.sent.at(-1)).toMatchObject({ op: 'steps', index: 0, steps: [{ n: 1 }, { n: 3 }] })
    stage.emit(click, saved)
    stage.report('progress', 1)
    expect(stage.status).toMatchObject({ state: 'playing', applied: 1, seq: 0 })
    stage.emit(click, saved)
    const afterN = 4
    const end = {
      producer: testProducer(0),
      afterN,
      take: 1,
      time: 0,
      state: 's',
      why: 'end' as const,
      json: '{"a":2}',
    }
    stage.live.keyframes.push({ ...end, take: 0, why: 'request', json: '{"a":1}' }, end)
    stage.report('done', 2)
    await stage.until(() => stage.status.outcome !== null)
    expect(stage.status).toMatchObject({ state: 'done', applied: 2, seq: 2, divergence: null })
    expect(stage.status.outcome).toEqual({
      equal: false,
      differences: [{ state: 's', path: 'a', recorded: '1', replayed: '2' }],
    })
    stage.report('live', 2)
    expect(stage.states).toEqual(['seeking', 'playing', 'done', 'idle'])
  })

  it('pauses, steps and resumes as the page says', async () => {
    const stage = new Stage()
    await stage.start()
    stage.report('started')
    for (const op of ['pause', 'step', 'resume'] as const) await stage.controller.control(op)
    await stage.controller.setSpeed(0)
    expect(stage.sent.slice(-4)).toEqual([
      ...(['pause', 'step', 'resume'] as const).map(op => ({ t: 'replay', op, run: 1 })),
      { t: 'replay', op: 'speed', run: 1, speed: 0 },
    ])
    expect(stage.status.speed).toBe(0)
    stage.report('paused')
    stage.report('progress', 1)
    expect(stage.status).toMatchObject({ state: 'paused', applied: 1 })
    stage.report('playing', 1)
    expect(stage.states).toEqual(['seeking', 'playing', 'paused', 'playing'])
  })

  it('stopped in the middle is idle when the live state is back, and can begin again', async () => {
    const stage = new Stage()
    await stage.start()
    stage.report('started')
    stage.report('progress', 1)
    await stage.controller.control('stop')
    expect(stage.status.state).toBe('playing')
    expect(await stage.controller.start(await stage.plan(), LINK, OPTIONS)).toMatchObject({ ok: false })
    stage.report('live', 1)
    expect(stage.status).toMatchObject({ state: 'idle', applied: 1 })
    expect(stage.live.listening).toBe(0)
    // What the page emits now is not the replay's.
    stage.emit({ type: 'other' })
    expect(stage.status.divergence).toBeNull()
    expect(await stage.controller.start(await stage.plan(), LINK, OPTIONS)).toMatchObject({ ok: true })
  })

  it('fails when the page is reloaded or goes away in the middle, and can begin again', async () => {
    const stage = new Stage()
    await stage.start()
    stage.report('started')
    stage.controller.linkClosed(LINK + 1)
    expect(stage.status.state).toBe('playing')
    stage.controller.linkClosed(LINK)
    expect(stage.status).toMatchObject({ state: 'failed', reason: 'The page is gone.' })
    const { length } = stage.sent
    stage.report('progress', 1)
    await stage.controller.control('stop')
    await stage.controller.setSpeed(1)
    stage.controller.linkClosed(LINK)
    expect(stage.sent).toHaveLength(length)
    expect(stage.status.state).toBe('failed')
    expect(await stage.controller.start(await stage.plan(), LINK, OPTIONS)).toMatchObject({ ok: true })
  })

  it('fails with the reason of a page that cannot', async () => {
    const stage = new Stage()
    await stage.start()
    stage.report('failed', 0, { reason: 'set() threw' })
    expect(stage.status).toMatchObject({ state: 'failed', reason: 'set() threw' })
  })

  it('listens to its own page and its own run only', async () => {
    const stage = new Stage()
    await stage.start()
    const { length } = stage.statuses
    stage.report('done', 2, { run: 9 })
    stage.controller.report(LINK + 1, { t: 'replay', op: 'done', run: 1, applied: 2, skipped: 0, reason: '' })
    expect(stage.statuses).toHaveLength(length)
  })

  it('shows the first divergence, once, while it runs', async () => {
    const stage = new Stage()
    await stage.start()
    stage.report('started')
    stage.emit(click, { ...saved, type: 'rejected' }, { ...saved, type: 'again' })
    await stage.until(() => stage.status.divergence !== null)
    expect(stage.status).toMatchObject({ state: 'playing', divergence: { kind: 'differs', recorded: 1, replayed: 5 } })
    stage.emit({ take: 0, type: 'not of the take' })
    stage.report('done', 2)
    await stage.until(() => stage.status.state === 'done')
    expect(stage.status.divergence).toMatchObject({ recorded: 1, replayed: 5 })
  })

  it('shows what did not happen when it is done', async () => {
    const stage = new Stage()
    await stage.start()
    stage.emit(click, saved, click)
    stage.report('done', 2)
    await stage.until(() => stage.status.divergence !== null)
    expect(stage.status).toMatchObject({ state: 'done', divergence: { kind: 'missing', recorded: 3 } })
  })

  it('sends steps as the page asks for them, never more than a message holds', async () => {
    const stage = new Stage(700)
    await stage.start()
    stage.report('want', 0)
    stage.report('want', 512)
    stage.report('want', 700)
    const steps = stage.sent.flatMap(message => (message.t === 'replay' && message.op === 'steps' ? [message] : []))
    expect(steps.map(({ index, steps }) => [index, steps.length])).toEqual([
      [0, 512],
      [512, 188],
    ])
    expect(steps.flatMap(message => message.steps.map(step => step.n))).toEqual(
      Array.from({ length: 700 }, (_, i) => 2 * i + 1),
    )
  })
})

describe('a start', () => {
  it('is of the plan asked for last, whichever was ready last', async () => {
    const stage = new Stage()
    const { recording } = stage
    const loadText = recording.loadText.bind(recording)
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    recording.loadText = async chunk => held.then(() => loadText(chunk))
    const slow = stage.plan()
    recording.loadText = loadText
    const plan = await stage.plan()
    release()
    await slow
    expect(await stage.controller.start(plan, LINK, OPTIONS)).toMatchObject({ ok: true })
  })

  it('is refused without a page, in another origin, with an old plan, and while one runs', async () => {
    const stage = new Stage()
    const { controller } = stage
    const old = await stage.plan()
    const plan = await stage.plan()
    const refusal = (why: string) => ({ ok: false, message: expect.stringContaining(why) })
    expect(await controller.start(old, LINK, OPTIONS)).toEqual(refusal('plan again'))
    stage.connected = false
    expect(await controller.start(plan, LINK, OPTIONS)).toEqual(refusal('not connected'))
    stage.connected = true
    stage.origin = 'http://evil'
    expect(await controller.start(plan, LINK, OPTIONS)).toEqual(refusal('http://evil'))
    expect(stage.sent).toEqual([])
    expect(stage.takes).toEqual([])
    stage.origin = 'http://localhost'
    expect(await controller.start(plan, LINK, OPTIONS)).toMatchObject({ ok: true })
    expect(await controller.start(plan, LINK, OPTIONS)).toEqual(refusal('stop it first'))
  })

  it('notes in the take what it replays, where that is an event of the same session', async () => {
    const here = new Stage()
    await here.start()
    expect(here.takes).toEqual([
      { kind: 'replay', name: 'Replay 1', fromSeq: 0, toSeq: 3 },
      { kind: 'away', name: 'While away (Replay 1)' },
    ])
    const imported = new Stage(2, true)
    await imported.start()
    expect(imported.takes[0]).toEqual({ kind: 'replay', name: 'Replay 1' })
  })

  it('says why it cannot plan', async () => {
    const stage = new Stage()
    stage.recording = new FakeLog()
    const request = { session: 'S', fromSeq: null, toSeq: null, mode: 'roots' as const, edits: [], consequences: [] }
    expect(await stage.controller.plan(request)).toEqual({ ok: false, message: 'The session is empty.' })
  })
})
