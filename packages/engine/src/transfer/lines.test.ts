import type { SessionFile } from '@playhead/shared/file/format'
import { eventId } from '@playhead/shared/model/id'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EngineApi } from '../contract/engine'
import { FILE_PRODUCER, FILE_SESSION, smallFile } from '../testing/small-file'
import { fileLines, textFile } from '../testing/small-lines'
import { exported, transferEngine } from '../testing/transfer-scenarios'
import { FileBudget } from './budgets'

let engine: EngineApi
beforeAll(async () => {
  ;({ engine } = await transferEngine())
})
beforeEach(() => engine.sessions.wipe())

const LINES = fileLines()
/** The first event: after header, snapshot and gap. */
const FIRST = 3
const take = (lines: readonly string[] | string, onBadLine?: 'ask' | 'stop' | 'skip', name = 'x.jsonl') =>
  engine.transfer.import(textFile(name, lines), name, 'ask', onBadLine)
const asJson = async () => (await exported(engine, FILE_SESSION)).text
const changed = (index: number, line: string) => LINES.map((old, i) => (i === index ? line : old))

/** `count` events after those of the small file. */
function longFile(count: number): SessionFile {
  const file = smallFile()
  const [event] = file.events
  if (!event) throw new Error('no event')
  file.events = Array.from({ length: count }, (_, i) => ({ ...event, id: eventId(FILE_PRODUCER, i + 10), t: 10 + i }))
  return file
}

describe('a .jsonl file', () => {
  it('says what the .json file says', async () => {
    expect(await engine.transfer.import(new Blob([JSON.stringify(smallFile())]), '', 'ask')).toMatchObject({ ok: true })
    const expected = await asJson()
    const { text } = await exported(engine, FILE_SESSION, { format: 'jsonl', gzip: false })
    await engine.sessions.wipe()
    expect(await take(text)).toEqual({ ok: true, session: FILE_SESSION, events: 3, warnings: [] })
    expect(await asJson()).toBe(expected)
    await engine.sessions.wipe()
    expect(await take(LINES)).toEqual({ ok: true, session: FILE_SESSION, events: 3, warnings: [] })
    expect(await asJson()).toBe(expected)
  })

  it.each([
    ['no name', LINES.join('\n'), ''],
    ['other newlines and empty lines', LINES.join('\r\n\r\n  \n'), 'x.ndjson'],
    ['a byte order mark', `\ufeff${LINES.join('\n')}`, ''],
    [
      'white space in its lines',
      LINES.map(line => JSON.stringify(JSON.parse(line), null, 1).replace(/\n/g, ' ')).join('\n'),
      '',
    ],
    ['a header that comes again', [...LINES.slice(0, 4), LINES[0], ...LINES.slice(4)].join('\n'), ''],
    [
      'parts put together',
      [...LINES.slice(0, -2), '{"end":{"events":2}}', LINES[0], LINES.at(-2), '{"end":{"events":1}}'].join('\n'),
      '',
    ],
    ['its parts in another order', [LINES[0], ...LINES.slice(1, -1).reverse(), LINES.at(-1)].join('\n'), ''],
  ])('with %s is the same', async (_, text, name) => {
    expect(await take(text, 'ask', name)).toMatchObject({ ok: true, events: 3, warnings: [] })
    const file = JSON.parse(await asJson())
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
    expect(file.events.map(({ id, type, payload }: never) => ({ id, type, payload })).sort(byId)).toEqual(
      smallFile()
        .events.map(({ id, type, payload }) => ({ id, type, payload }))
        .sort(byId),
    )
    expect(file.gaps).toEqual(smallFile().gaps)
    expect(file.snapshots).toMatchObject(smallFile().snapshots)
  })

  it('says what its session says, all of it', async () => {
    const file = smallFile()
    expect(await take(LINES)).toMatchObject({ ok: true })
    const exported = JSON.parse(await asJson()) as SessionFile
    for (const producer of file.session.producers) producer.emitted = producer.id === FILE_PRODUCER ? 4 : 1
    expect(exported.session).toEqual(file.session)
  })

  it('may have very long lines: what is in them comes back all the same', async () => {
    const file = smallFile()
    const text = 'é"\\\u2028\ufeff'.repeat(1_300_000)
    const [snapshot] = file.snapshots
    if (!snapshot) throw new Error('no snapshot')
    snapshot.value = { text, list: [1, -0.5, 1e300, null, { a: [] }] }
    const lines = fileLines(file)
    expect(lines[1]?.length).toBeGreaterThan(8 << 20)
    expect(await take(lines)).toMatchObject({ ok: true, warnings: [] })
    const [info] = await engine.read.keyframes(FILE_SESSION)
    expect(await engine.read.keyframe(FILE_SESSION, info?.key ?? '')).toBe(JSON.stringify(snapshot.value))
    const broken = (lines[1] ?? '').replace('"list":[1', '"list":[1 1')
    const outcome = await engine.transfer.import(textFile('', [lines[0] ?? '', broken]), '', 'replace')
    const where = expect.stringMatching(/^line 2, column \d{7,8}$/)
    expect(outcome).toMatchObject({ ok: false, badLine: { message: expect.stringContaining('expected comma'), where } })
  }, 60_000)

  it('keeps payloads to the letter, whatever order their keys have', async () => {
    const payload = '{"b":1,"1":[1.50,-0,"\\u00e9\\"}"],"__proto__":{"x":[]},"payload":{"payload":"{"}}'
    const line = (LINES[FIRST] ?? '').replace(/"payload":.*$/, `"payload":${payload}}`)
    expect(await take(changed(FIRST, line))).toMatchObject({ ok: true })
    expect((await engine.read.detail(FILE_SESSION, 0))?.payload).toBe(payload)
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('that was cut at a newline is taken in with a warning', async () => {
    const outcome = await take(LINES.slice(0, -2))
    expect(outcome).toMatchObject({
      ok: true,
      events: 2,
      warnings: [expect.stringContaining('may have been cut short')],
    })
    expect(await take([...LINES.slice(0, -2), LINES.at(-1) ?? '']).then(() => engine.sessions.wipe())).toBeUndefined()
    expect(await take([...LINES.slice(0, -2), LINES.at(-1) ?? ''])).toMatchObject({
      ok: true,
      warnings: [expect.stringContaining('says 3 events, 2 are there')],
    })
  })
})

describe('a bad line', () => {
  const bad: [string, string, string, number][] = [
    ['is not JSON', '{"id": nope}', 'not JSON', 8],
    ['ends in the middle', (LINES[FIRST + 1] ?? '').slice(0, 60), '', 60],
    ['is no object', '[1,2]', 'one JSON object', 1],
    ['is of no kind', '{"a":1}', 'no event', 1],
    ['lacks a member', '{"id":"x"}', 'id: ', 2],
    ['has a wrong member', (LINES[FIRST + 1] ?? '').replace('"action"', '"wish"'), 'kind: ', 0],
    ['is deeper than is sane', `{"id":1,"payload":${'['.repeat(10_000)}`, 'nested deeper', 500],
    ['is of an unknown producer', (LINES[FIRST + 1] ?? '').replaceAll(FILE_PRODUCER, FILE_SESSION), 'not among', 1],
    ['repeats an event', LINES[FIRST] ?? '', 'comes twice', 0],
    ['has more behind its end', '{} {}', 'expected the end of the line', 4],
  ]

  it.each(bad)('that %s is told with its place, and the user is asked', async (_, line, message, column) => {
    const before = await engine.sessions.list()
    const outcome = await take(changed(FIRST + 1, line))
    expect(outcome).toMatchObject({ ok: false, badLine: { where: expect.stringContaining('line 5, column ') } })
    if (outcome.ok || !('badLine' in outcome)) throw new Error('taken in')
    expect(outcome.badLine.message).toContain(message)
    const at = Number(/column (\d+)/.exec(outcome.badLine.where)?.[1])
    if (column > 0) expect(Math.abs(at - column)).toBeLessThan(12)
    expect(outcome.badLine.events).toBe(1)
    expect(await engine.sessions.list()).toEqual(before)
  })

  it('ends the import where the user says so', async () => {
    const outcome = await take(changed(FIRST + 1, 'nope'), 'stop')
    expect(outcome).toMatchObject({ ok: true, events: 1, warnings: [expect.stringContaining('line 5, column 2')] })
    expect((await engine.sessions.list())[0]).toMatchObject({ events: 1 })
  })

  it('is left out and counted where the user says so, and what was in it is known to be missing', async () => {
    const file = longFile(1000)
    const lines = fileLines(file)
    for (const at of [100, 101, 500, 501, 502, 900]) lines[at] = `bad${at}`
    const outcome = await take(lines, 'skip')
    expect(outcome).toMatchObject({ ok: true, events: 994 })
    if (!outcome.ok) return
    expect(outcome.warnings[0]).toContain('skipped line 101, column 1: not JSON: Unexpected "b"')
    expect(outcome.warnings.join()).toContain('3 more lines were skipped')
    // What the last line says is no further news.
    expect(outcome.warnings).toHaveLength(4)
    const [info] = await engine.sessions.list()
    // The first is number 10.
    expect(info).toMatchObject({ events: 994, missing: 9 + 6 })
  })

  it('that is longer than any line of ours is skipped without being kept', async () => {
    const piece = 'x'.repeat(1 << 20)
    const long = Array.from({ length: 200 }, () => piece)
    const blob = new Blob([`${LINES.slice(0, 4).join('\n')}\n"`, ...long, `"\n${LINES.slice(4).join('\n')}\n`])
    expect(await engine.transfer.import(blob, 'x.jsonl', 'ask')).toMatchObject({
      ok: false,
      badLine: {
        message: expect.stringContaining(`longer than ${FileBudget.line >> 20} MB`),
        where: 'line 5, column 1',
      },
    })
    expect(await engine.transfer.import(blob, 'x.jsonl', 'ask', 'skip')).toMatchObject({ ok: true, events: 3 })
  }, 60_000)

  it('at the beginning ends the import, whatever the user says', async () => {
    for (const how of ['ask', 'stop', 'skip'] as const) {
      expect(await take(['nope', ...LINES], how)).toMatchObject({ ok: false, where: expect.stringContaining('line 1') })
      expect(await take(LINES.slice(1), how)).toMatchObject({ ok: false, message: expect.stringContaining('header') })
      const newer = (LINES[0] ?? '').replace('"version":1', '"version":2')
      expect(await take([newer, ...LINES.slice(1)], how)).toMatchObject({
        ok: false,
        message: expect.stringContaining('newer Playhead'),
      })
    }
    expect(await engine.sessions.list()).toEqual([])
  })

  it('that is not UTF-8 is bad, and only that one', async () => {
    const bytes = new TextEncoder().encode(`${LINES.join('\n')}\n`)
    const at = LINES.slice(0, 4).join('\n').length + 30
    bytes[at] = 0xff
    const outcome = await engine.transfer.import(new Blob([bytes]), 'x.jsonl', 'ask')
    expect(outcome).toMatchObject({ ok: false, badLine: { message: 'it is not UTF-8', where: 'line 5, column 1' } })
    expect(await engine.transfer.import(new Blob([bytes]), 'x.jsonl', 'ask', 'skip')).toMatchObject({
      ok: true,
      events: 2,
    })
  })
})

describe('the parts of a session', () => {
  const file = longFile(90)
  const part = (from: number, to: number, header: object, snapshots = true) =>
    fileLines(
      {
        ...file,
        events: file.events.slice(from, to),
        gaps: from ? [] : file.gaps,
        snapshots: snapshots ? file.snapshots : [],
      },
      header,
    )
  const names = ['c', 'a', 'b']
  const files = (header: (i: number) => object) => [
    textFile(`${names[2]}.jsonl`, part(60, 90, header(2))),
    textFile(`${names[0]}.jsonl`, part(0, 30, header(0))),
    textFile(`${names[1]}.jsonl`, part(30, 60, header(1))),
  ]
  const parts = (given: File[]) => engine.transfer.import(given, 'parts', 'ask')

  it.each([
    ['their numbers', (i: number) => ({ part: i + 1 })],
    ['the times of their events', () => ({})],
  ])('load as one, in the order of %s', async (_, header) => {
    expect(await take(fileLines(file))).toMatchObject({ ok: true, events: 90 })
    const expected = await asJson()
    await engine.sessions.wipe()
    expect(await parts(files(header))).toEqual({ ok: true, session: FILE_SESSION, events: 90, warnings: [] })
    expect(await asJson()).toBe(expected)
  })

  it('know together what each knows', async () => {
    const [first, second] = file.session.producers
    if (!first || !second) throw new Error('no producers')
    const early = {
      ...file,
      session: { ...file.session, producers: [first], marks: [], takes: [] },
      events: file.events.slice(0, 10),
    }
    const late = { ...file, session: { ...file.session, name: 'Later' }, events: file.events.slice(10), gaps: [] }
    expect(await parts([textFile('1', fileLines(early)), textFile('2', fileLines(late))])).toMatchObject({
      ok: true,
      events: 90,
    })
    expect((await engine.sessions.list())[0]).toMatchObject({
      name: 'Later',
      producers: [{ id: first.id }, { id: second.id }],
    })
  })

  it('must be of one session', async () => {
    const other = { ...file, session: { ...file.session, id: '01J0TJER000000000000000000' } }
    const outcome = await parts([textFile('a.jsonl', part(0, 30, {})), textFile('b.jsonl', fileLines(other))])
    expect(outcome).toMatchObject({
      ok: false,
      message: expect.stringMatching(/a\.jsonl and b\.jsonl are of different sessions/),
      where: 'b.jsonl',
    })
    expect(await engine.sessions.list()).toEqual([])
  })

  it.each([
    ['of one number', [{ part: 1 }, { part: 1 }], /overlap: both are part 1/],
    ['with an event of another', [{ part: 1 }, { part: 2 }], /overlap: event .*-0000000039 is in this one/],
  ])('must not overlap: %s', async (_, headers, message) => {
    const outcome = await parts([
      textFile('a.jsonl', part(0, 30, headers[0] ?? {})),
      textFile('b.jsonl', part(29, 60, headers[1] ?? {})),
    ])
    expect(outcome).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
      where: expect.stringMatching(/^b\.jsonl/),
    })
    expect(await engine.sessions.list()).toEqual([])
  })

  it('name the file of a bad line', async () => {
    const broken = part(30, 60, { part: 2 })
    broken[5] = 'nope'
    const given = [textFile('a.jsonl', part(0, 30, { part: 1 })), textFile('b.jsonl', broken)]
    expect(await parts(given)).toMatchObject({ ok: false, badLine: { where: 'b.jsonl, line 6, column 2' } })
    expect(await engine.transfer.import(given, '', 'ask', 'stop')).toMatchObject({ ok: true, events: 33 })
  })

  it('of which one is missing are told, and the user is asked', async () => {
    const given = [
      textFile('c.jsonl', part(60, 90, { part: 4 })),
      textFile('b.jsonl', part(30, 60, { part: 2 })),
      textFile('a.jsonl', part(0, 30, { part: 1 })),
    ]
    expect(await parts(given)).toEqual({
      ok: false,
      badLine: { message: 'part 3 is missing', where: 'c.jsonl', events: 60 },
    })
    expect(await engine.sessions.list()).toEqual([])
    expect(await engine.transfer.import(given, '', 'ask', 'stop')).toMatchObject({
      ok: true,
      events: 60,
      warnings: [expect.stringContaining('before c.jsonl was imported: part 3 is missing')],
    })
    expect(await engine.transfer.import(given.slice(0, 2), '', 'replace', 'skip')).toMatchObject({
      ok: true,
      events: 60,
      warnings: [
        'part 1 is missing: the session begins with the one after',
        'part 3 is missing before c.jsonl: its events are shown as a gap',
      ],
    })
    const [before] = given
    if (!before) throw new Error('no part')
    expect(await engine.transfer.import([before], '', 'replace')).toMatchObject({
      ok: true,
      events: 30,
      warnings: [expect.stringContaining('parts 1 to 3 are missing')],
    })
  })

  it('of which one is missing in the middle have a gap there', async () => {
    const given = [textFile('a.jsonl', part(0, 30, { part: 1 })), textFile('c.jsonl', part(60, 90, { part: 3 }))]
    expect(await engine.transfer.import(given, '', 'ask', 'skip')).toMatchObject({ ok: true, events: 60 })
    // Besides, the first event is number 10.
    expect((await engine.sessions.list())[0]).toMatchObject({ events: 60, missing: 9 + 30 })
  })

  it('are no whole sessions', async () => {
    const whole = textFile('w.json', JSON.stringify(file))
    expect(await parts([whole, textFile('a.jsonl', part(0, 30, {}))])).toMatchObject({
      ok: false,
      message: expect.stringContaining('import it alone'),
      where: expect.stringContaining('w.json'),
    })
  })
})

describe('compressed files', () => {
  const gzip = (text: string | Uint8Array<ArrayBuffer>) =>
    new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob()

  it('are read whatever they are called', async () => {
    expect(await engine.transfer.import(await gzip(LINES.join('\n')), 'x', 'ask')).toMatchObject({
      ok: true,
      events: 3,
    })
    expect(await engine.transfer.import(await gzip(JSON.stringify(smallFile())), 'x', 'replace')).toMatchObject({
      ok: true,
    })
  })

  it('that are cut or damaged are refused, or taken in up to there', async () => {
    const whole = await gzip(fileLines(longFile(20_000)).join('\n'))
    const cut = whole.slice(0, whole.size - 2000)
    expect(await engine.transfer.import(cut, 'x.jsonl.gz', 'ask')).toMatchObject({
      ok: false,
      badLine: { message: expect.stringContaining('damaged or ends too early') },
    })
    expect(await engine.transfer.import(cut, 'x.jsonl.gz', 'ask', 'stop')).toMatchObject({ ok: true })
    const [info] = await engine.sessions.list()
    expect(info?.events).toBeGreaterThan(10_000)
    await engine.sessions.wipe()
    const json = await gzip(JSON.stringify(smallFile()))
    expect(await engine.transfer.import(json.slice(0, 100), 'x.json.gz', 'ask', 'stop')).toMatchObject({ ok: false })
    expect(await engine.sessions.list()).toEqual([])
  })

  it('that unpack to far more than a session would are refused', async () => {
    const blank = new Uint8Array(80 << 20).fill(10)
    const head = new TextEncoder().encode(`${LINES.slice(0, 4).join('\n')}\n`)
    blank.set(head)
    const bomb = await gzip(blank)
    for (const how of ['ask', 'skip'] as const) {
      expect(await engine.transfer.import(bomb, 'x.jsonl.gz', 'ask', how)).toMatchObject({
        ok: false,
        message: expect.stringContaining('times its size'),
      })
    }
    expect(await engine.sessions.list()).toEqual([])
  }, 60_000)
})
