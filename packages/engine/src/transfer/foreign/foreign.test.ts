import { beforeEach, describe, expect, it } from 'vitest'
import type { EngineApi } from '../../contract/engine'
import type { OnBadLine } from '../../contract/transfer'
import { exported, transferEngine } from '../../testing/transfer-scenarios'

let engine: EngineApi
beforeEach(async () => {
  ;({ engine } = await transferEngine())
})

const at = (ms: number) => new Date(Date.UTC(2026, 0, 2) + ms).toISOString()
const take = (file: unknown, name = 'x.json', how: OnBadLine = 'ask') =>
  engine.transfer.import(new Blob([typeof file === 'string' ? file : JSON.stringify(file)]), name, 'ask', how)
const lines = (...values: unknown[]) => values.map(value => JSON.stringify(value)).join('\n')

interface Told {
  id: string
  t: number
  time: string
  type: string
  source: string
  level: string
  duration?: number
  causes?: { id: string; kind: string }[]
  facets?: Record<string, unknown>
  payload: unknown
}

/** Imports a file that must be taken in and tells what came of it. */
async function imported(file: unknown, name?: string, how?: OnBadLine) {
  const outcome = await take(file, name, how)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  const { text } = await exported(engine, outcome.session)
  const { events, session, snapshots } = JSON.parse(text)
  const told = events as Told[]
  return {
    ...{ warnings: outcome.warnings, session, snapshots, events: told, text },
    causeOf: (type: string) => {
      const [cause] = told.find(event => event.type === type)?.causes ?? []
      return cause && `${told.find(({ id }) => id === cause.id)?.type} ${cause.kind}`
    },
  }
}

describe('an HTTP archive', () => {
  const entry = (ms: number, url: string, more: object = {}, response: object = {}) => ({
    ...{ startedDateTime: at(ms), time: 12.5, request: { method: 'GET', url }, ...more },
    response: { status: 200, ...response },
  })
  const HAR = {
    log: {
      ...{ version: '1.2', creator: { name: 'WebInspector', version: '537.36' } },
      pages: [{ startedDateTime: at(0), id: 'page_1', title: 'http://localhost/shop' }],
      entries: [
        entry(10, 'http://localhost/shop', {}, { status: 302, redirectURL: '/shop/new' }),
        entry(90, 'http://localhost/a.js', { _initiator: { type: 'parser', url: 'http://localhost/shop/new' } }),
        entry(50, 'http://localhost/shop/new', { request: { method: 'POST', url: 'http://localhost/shop/new' } }),
        entry(120, 'ws://localhost/live', { _webSocketMessages: [{ type: 'send', time: 1767312000.5, data: 'hi' }] }),
      ],
    },
  }

  it('becomes one event a request, in the order of time, with its duration', async () => {
    const { events, session, warnings } = await imported(HAR, 'shop.har')
    expect(events.map(({ type, t, duration }) => [type, t, duration])).toEqual([
      ['http:GET', 0, 12.5],
      ['http:POST', 40, 12.5],
      ['http:GET', 80, 12.5],
      ['http:GET', 110, 12.5],
      ['websocket:send', 490, undefined],
    ])
    expect(session).toMatchObject({ url: 'http://localhost/shop', browser: 'WebInspector 537.36', started: at(10) })
    expect(session.marks).toMatchObject([{ kind: 'navigation', time: -10 }])
    expect(events[0]?.payload).toMatchObject({ method: 'GET', status: 302, response: { status: 302 } })
    expect(warnings).toEqual([])
  })

  it('has causes: redirects, what asked for a resource, the socket of a message', async () => {
    const { events } = await imported(HAR)
    const causes = events.map(
      ({ causes: [cause] = [] }) => cause && [events.findIndex(e => e.id === cause.id), cause.kind],
    )
    expect(causes).toEqual([undefined, [0, 'explicit'], [1, 'inferred'], undefined, [3, 'explicit']])
  })

  it('that was cut is taken in up to there, once the user said so', async () => {
    const text = JSON.stringify(HAR)
    const cut = text.slice(0, text.indexOf('ws://'))
    expect(await take(cut)).toMatchObject({
      ok: false,
      badLine: { events: 3, where: expect.stringContaining('entries[3]') },
    })
    expect((await imported(cut, 'x.har', 'stop')).events).toHaveLength(3)
  })
})

describe('an export of the Redux DevTools', () => {
  const actions = [{ type: 'add', payload: 2 }, { type: 'reset' }]

  it('of actions in text becomes an event each, and the state at the start', async () => {
    const file = { payload: JSON.stringify(actions), preloadedState: JSON.stringify({ count: 0 }) }
    const { events, snapshots, warnings } = await imported(file)
    expect(events.map(({ type, t, payload }) => [type, t, payload])).toEqual([
      ['add', 0, actions[0]],
      ['reset', 1, actions[1]],
    ])
    expect(snapshots).toMatchObject([{ state: 'store', value: { count: 0 } }])
    expect(warnings.join()).toContain('one ms apart')
  })

  it('of the lifted state has the times, every state and what Redux Toolkit says of causes', async () => {
    const meta = { requestId: 'r1' }
    const all = [
      { type: '@@INIT' },
      { type: 'load/pending', meta },
      { type: 'tick' },
      { type: 'load/fulfilled', meta, payload: 1 },
    ]
    const file = {
      monitorState: {},
      nextActionId: 4,
      actionsById: Object.fromEntries(
        all.map((action, i) => [i, { type: 'PERFORM_ACTION', action, timestamp: 1_767_312_000_000 + i * 10 }]),
      ),
      stagedActionIds: [0, 1, 2, 3],
      computedStates: all.map((_, count) => ({ state: { count } })),
    }
    const { events, snapshots, causeOf, warnings } = await imported(file)
    expect(events.map(({ t }) => t)).toEqual([0, 10, 20, 30])
    expect(causeOf('load/fulfilled')).toBe('load/pending explicit')
    expect(snapshots.map(({ value }: { value: unknown }) => value)).toEqual([0, 1, 2, 3].map(count => ({ count })))
    expect(warnings).toEqual([])
    // Its members in any order.
    await engine.sessions.wipe()
    const { computedStates, ...rest } = file
    expect((await imported({ computedStates, ...rest })).snapshots).toHaveLength(4)
  })

  it('of actions alone is one, too', async () => {
    expect((await imported(actions)).events.map(({ type }) => type)).toEqual(['add', 'reset'])
  })
})

describe('a Chrome trace', () => {
  const base = { pid: 1, tid: 2, cat: 'devtools' }
  const TRACE = [
    { ...base, ph: 'X', name: 'Task', ts: 5000, dur: 4000, args: { data: 1 } },
    { ...base, ph: 'B', name: 'Parse', ts: 6000 },
    { ...base, ph: 'I', name: 'Mark', ts: 6500 },
    { ...base, ph: 'E', ts: 7000 },
    { ...base, ph: 'b', id: '0x1', name: 'Load', ts: 7000 },
    { ...base, ph: 's', id: 9, name: 'Post', ts: 7500 },
    { ...base, ph: 'e', id: '0x1', name: 'Load', ts: 9000 },
    { ...base, ph: 'f', id: 9, name: 'Post', tid: 3, ts: 9500 },
    { ...base, ph: 'P', name: 'Sample', ts: 9600 },
    { ...base, ph: 'M', name: 'thread_name', args: { name: 'Main' } },
  ]

  it.each([
    ['as a document', { traceEvents: TRACE, metadata: {} }],
    ['as a list', TRACE],
    ['as a list without an end', JSON.stringify(TRACE).slice(0, -1)],
    ['as a list that ends in a comma', `${JSON.stringify(TRACE).slice(0, -1)},\n`],
  ])('%s: spans with durations, nesting and flows as causes, the rest counted', async (_, file) => {
    const { events, causeOf, warnings } = await imported(file, 'trace.json')
    expect(events.map(({ type, t, duration = 0, source }) => [type, t, duration, source])).toEqual([
      ['Task', 0, 4, 'Main'],
      ['Parse', 1, 1, 'Main'],
      ['Mark', 1.5, 0, 'Main'],
      ['Load', 2, 2, 'Main'],
      ['Post', 2.5, 0, 'Main'],
      ['Post', 4.5, 0, '1:3'],
    ])
    expect(causeOf('Parse')).toBe('Task synchronous')
    expect(causeOf('Mark')).toBe('Parse synchronous')
    expect(events[5]?.causes).toEqual([{ id: events[4]?.id, kind: 'explicit' }])
    expect(warnings.join()).toMatch(/1 samples.*its times have no date/)
  })
})

describe('OTLP logs', () => {
  const record = (ms: number, text: string, more: object = {}) => ({
    ...{ timeUnixNano: `${BigInt(Date.UTC(2026, 0, 2) + ms) * 1_000_000n + 250_000n}`, severityNumber: 17 },
    ...{ body: { stringValue: text }, traceId: '5b8efff798038103d269b633813fc60c', ...more },
  })
  const logs = (...logRecords: object[]) => ({
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeLogs: [{ scope: { name: 'cart' }, logRecords }],
      },
    ],
  })
  const big = { key: 'order', value: { intValue: '822106502566256641' } }

  it.each([
    ['one document', logs(record(0, 'first', { attributes: [big] }), record(5, 'x', { eventName: 'order.paid' }))],
    [
      'lines',
      lines(logs(record(5, 'x', { eventName: 'order.paid' })), logs(record(0, 'first', { attributes: [big] }))),
    ],
  ])('%s become an event each, in the order of time', async (_, file) => {
    const { events, text } = await imported(file)
    expect(events.map(({ type, t, source, level }) => [type, t, source, level])).toEqual([
      ['first', 0.25, 'shop', 'milestone'],
      ['order.paid', 5.25, 'shop', 'milestone'],
    ])
    expect(events[0]?.facets).toMatchObject({
      severity: 'error',
      traceId: '5b8efff798038103d269b633813fc60c',
      scope: 'cart',
    })
    expect(text).toContain('{"$ph":"bigint","v":"822106502566256641"}')
  })
})

describe('CloudEvents', () => {
  const cloud = (id: string, ms: number, more: object = {}) => ({
    ...{ specversion: '1.0', id, source: '/orders', type: `order.${id}`, time: at(ms), data: { id }, ...more },
  })
  const all = [cloud('paid', 9, { causationid: 'made', subject: 's1' }), cloud('made', 3)]
  it.each([
    ['a batch', all, 2],
    ['lines', lines(...all), 2],
    ['one', cloud('paid', 1), 1],
  ])('%s become an event each, with their causes', async (_, file, count) => {
    const { events, causeOf } = await imported(file)
    expect(events).toHaveLength(count)
    expect(events.at(-1)).toMatchObject({ type: 'order.paid', source: '/orders', payload: { id: 'paid' } })
    if (count === 2) expect(causeOf('order.paid')).toBe('order.made explicit')
  })
})

describe('JSON lines of other programs', () => {
  it.each<[string, object, Partial<Told>]>([
    [
      'pino',
      { level: 50, time: Date.UTC(2026, 0, 2), pid: 1, hostname: 'h', msg: 'failed' },
      { type: 'failed', level: 'milestone' },
    ],
    [
      'zap',
      { level: 'warn', ts: Date.UTC(2026, 0, 2) / 1000, logger: 'db', msg: 'slow' },
      { source: 'db', level: 'decision' },
    ],
    [
      'ECS',
      { '@timestamp': at(0), 'log.level': 'info', event: { action: 'login' } },
      { type: 'login', level: 'action' },
    ],
    ['Serilog', { '@t': at(0), '@mt': 'User {Id}', '@l': 'Debug', Id: 7 }, { type: 'User {Id}', level: 'detail' }],
    ['analytics', { event: 'clicked', timestamp: at(0), userId: 'u1' }, { type: 'clicked', facets: { userId: 'u1' } }],
    ['MongoDB', { t: { $date: at(0) }, s: 'I', c: 'NETWORK', msg: 'open' }, { type: 'open', level: 'action' }],
    [
      'Python',
      { asctime: '2026-01-02 00:00:00,500Z', levelname: 'ERROR', message: 'no' },
      { type: 'no', level: 'milestone' },
    ],
    ['fields nobody knows', { occurredOn: 'x', whenStamp: at(0), operationName: 'sync' }, { type: 'sync' }],
  ])('of %s', async (_, value, expected) => {
    const { events } = await imported(lines(value, value, value), 'x.jsonl')
    expect(events).toHaveLength(3)
    expect(events[0]).toMatchObject(expected)
    expect(events[0]?.time.slice(0, 10)).toBe('2026-01-02')
    expect(events[0]?.payload).toEqual(value)
  })

  it('also as a list, and as a list inside a document', async () => {
    const all = [
      { time: at(0), name: 'a' },
      { time: at(5), name: 'b' },
    ]
    expect((await imported(all)).events.map(({ t }) => t)).toEqual([0, 5])
    await engine.sessions.wipe()
    expect((await imported({ made: 'by hand', Records: all })).events).toHaveLength(2)
  })

  it('keep every digit, and give no meaning to keys that look like ours', async () => {
    const text = `{"time":"${at(0)}","name":"a","id":9007199254740993}\n{"time":"${at(1)}","name":"b","x":{"$ph":"redacted","v":"k"}}`
    const { text: told } = await imported(text)
    expect(told).toContain('"id":9007199254740993')
    expect(told).toContain('{"$$ph":"redacted","v":"k"}')
  })

  it('say what could not be taken over', async () => {
    const { warnings, events } = await imported(
      lines({ time: at(9), name: 'a' }, { name: 'b' }, { time: at(3), name: 'c', parentId: 'gone' }),
    )
    expect(events.map(({ type }) => type)).toEqual(['c', 'a', 'b'])
    expect(warnings).toEqual([
      expect.stringContaining('1 events have no time'),
      expect.stringContaining('1 causes are not'),
    ])
  })

  it('ask where a line is none, and skip it', async () => {
    const text = `${lines({ time: at(0), name: 'a' }, { time: at(1), name: 'b' })}\nplain text\n{"time":"${at(2)}","name":"c"}`
    expect(await take(text)).toMatchObject({ ok: false, badLine: { where: 'line 3, column 1', events: 2 } })
    expect((await imported(text, 'x.json', 'skip')).events).toHaveLength(3)
  })

  it('are known to be here already when they are imported again, under any name', async () => {
    const text = lines({ time: at(0), name: 'a' }, { time: at(1), name: 'b' })
    await imported(text)
    expect(await take(text, 'other.jsonl')).toMatchObject({ ok: false, duplicate: { events: 2 } })
  })
})

describe('a file of another kind is refused by its name', () => {
  it.each([
    ['OTLP traces', { resourceSpans: [] }],
    ['OTLP metrics', { resourceMetrics: [] }],
    ['a CPU profile', { nodes: [], startTime: 1, endTime: 2, samples: [] }],
    ['a heap snapshot', { snapshot: { meta: {} }, nodes: [] }],
    ['a source map', { version: 3, sources: [], mappings: '' }],
    ['an rrweb recording', [{ type: 4, data: {}, timestamp: 1 }]],
    ['a ZIP archive', 'PK\u0003\u0004\u0000'],
    ['an HTML page', '<!DOCTYPE html><p>'],
    ['a table that Playhead exported', '\ufeffid,time,t,producer,n,type,source\r\n'],
    ['a HAR, but there is no event in it', { log: { version: '1.2', creator: {}, entries: [] } }],
  ])('%s', async (name, file) => {
    expect(await take(file)).toMatchObject({ ok: false, message: expect.stringContaining(name) })
  })
})
