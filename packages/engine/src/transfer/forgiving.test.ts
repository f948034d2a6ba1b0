import { eventId } from '@playhead/shared/model/id'
import { beforeEach, describe, expect, it } from 'vitest'
import type { EngineApi } from '../contract/engine'
import type { OnBadLine } from '../contract/transfer'
import { FILE_PRODUCER, FILE_SESSION, smallFile } from '../testing/small-file'
import { exported, transferEngine } from '../testing/transfer-scenarios'

const EVENTS = 40
let engine: EngineApi

beforeEach(async () => {
  ;({ engine } = await transferEngine())
})

function bigger() {
  const file = smallFile()
  const [first] = file.events
  const more = Array.from({ length: EVENTS - 3 }, (_, i) => ({
    ...first!,
    id: eventId(FILE_PRODUCER, i + 10),
    t: i + 10,
  }))
  file.events.push(...more)
  for (const producer of file.session.producers) producer.emitted = 0
  return file
}

/** The document as Playhead writes it: each event on its own line. */
async function written(): Promise<string> {
  const outcome = await take(JSON.stringify(bigger()))
  if (!outcome.ok) throw new Error('not imported')
  const { text } = await exported(engine, outcome.session)
  await engine.sessions.wipe()
  return text
}

const take = (file: string | Uint8Array | Blob, how: OnBadLine = 'ask', name = 'x.json') =>
  engine.transfer.import(file instanceof Blob ? file : new Blob([file as string]), name, 'ask', how)

const utf16 = (text: string, { big = false, mark = true } = {}) => {
  const out = new DataView(new ArrayBuffer((text.length + (mark ? 1 : 0)) * 2))
  const codes = [...(mark ? [0xfeff] : []), ...text.split('').map(unit => unit.charCodeAt(0))]
  for (const [i, code] of codes.entries()) out.setUint16(i * 2, code, !big)
  return new Uint8Array(out.buffer)
}

/** As tools write a document that sort its keys: `events` comes first, `version` last. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]))
}

describe('a document that was cut at its end', () => {
  it.each([
    ['in an event', (text: string) => text.slice(0, text.indexOf('-0000000030')), 23],
    [
      'between two events',
      (text: string) => text.slice(0, text.lastIndexOf('{"time"', text.indexOf('-0000000030'))),
      23,
    ],
    ['behind the last event', (text: string) => text.slice(0, text.lastIndexOf('}]') + 1), EVENTS],
    ['before the first event', (text: string) => text.slice(0, text.indexOf('"events"')), 0],
    ['among the snapshots', (text: string) => text.slice(0, text.indexOf('"state":"grid"')), 0],
  ])('%s is taken in up to there, once the user said so', async (_, cut, events) => {
    const text = cut(JSON.stringify(bigger()))
    const asked = await take(text)
    expect(asked).toMatchObject({ ok: false, badLine: { events } })
    expect(asked).toMatchObject({ badLine: { message: expect.stringContaining('the file ends in the middle') } })
    expect(await engine.sessions.list()).toEqual([])
    expect(await take(text, 'stop')).toMatchObject({
      ok: true,
      events,
      warnings: [expect.stringContaining('only what')],
    })
  })

  it('in its compressed data is taken in up to there', async () => {
    const file = bigger()
    file.events[30]!.payload = Array.from({ length: 50_000 }, (_, i) => Math.sin(i))
    const packed = new Blob([JSON.stringify(file)]).stream().pipeThrough(new CompressionStream('gzip'))
    const bytes = new Uint8Array(await new Response(packed).arrayBuffer())
    const cut = bytes.subarray(0, bytes.length - 20)
    expect(await take(cut)).toMatchObject({
      ok: false,
      badLine: { message: expect.stringContaining('ends too early') },
    })
    expect(await take(cut, 'stop')).toMatchObject({ ok: true })
  })

  it('before its session is known is refused', async () => {
    const text = JSON.stringify(bigger())
    expect(await take(text.slice(0, text.indexOf('"takes"')))).toMatchObject({ ok: false, where: expect.any(String) })
  })
})

describe('a document that is damaged in its middle', () => {
  it.each([
    ['an event of an unknown kind', (text: string) => text.replace('"kind":"action"', '"kind":"strange"'), EVENTS - 1],
    ['an event that comes twice', (text: string) => text.replace('-0000000031', '-0000000030'), EVENTS - 1],
    ['a comma is missing', (text: string) => text.replace('},\n{"id"', '}\n{"id"'), EVENTS],
    ['an event is cut', (text: string) => text.replace(/,"payload":\{"row".*\n/, '\n'), EVENTS - 2],
    ['a line of another program', (text: string) => text.replace('{"id"', '<<<<<<< HEAD\n{"id"'), EVENTS],
  ])('%s: the user is asked, and all that can be read is', async (_, damage, events) => {
    const text = damage(await written())
    expect(await take(text)).toMatchObject({ ok: false, badLine: { where: expect.stringContaining('line ') } })
    const all = await take(text, 'skip')
    expect(all).toMatchObject({ ok: true, warnings: [expect.stringContaining('skipped')] })
    // The event behind missing punctuation may go with it.
    if (all.ok) expect(all.events).toBeGreaterThanOrEqual(events - 1)
  })

  it('many events are bad: those between them are read all the same, token by token and as whole ones', async () => {
    const file = bigger()
    for (const at of [0, 7, 8, 39]) Object.assign(file.events[at]!, { level: 'loud' })
    const all = await take(JSON.stringify(file), 'skip')
    expect(all).toMatchObject({ ok: true, events: EVENTS - 4 })
    if (all.ok) expect(all.warnings.join()).toContain('1 more')
  })
})

describe('a document whose keys a tool sorted', () => {
  it.each([
    ['in one line', undefined],
    ['over many lines', 2],
  ])('%s is read', async (_, indent) => {
    const text = JSON.stringify(sorted(bigger()), null, indent)
    expect(text.indexOf('"events"')).toBeLessThan(text.indexOf('"format"'))
    expect(await take(text)).toMatchObject({ ok: true, session: FILE_SESSION, events: EVENTS, warnings: [] })
  })

  it('with its members in any order is read', async () => {
    const { format, version, session, ...lists } = bigger()
    for (const file of [
      { version, format, session, ...lists },
      { session, ...lists, version, format },
      { ...lists, session, format, version },
    ]) {
      expect(await take(JSON.stringify(file))).toMatchObject({ ok: true, events: EVENTS })
      await engine.sessions.wipe()
    }
  })

  it('of a newer version is refused all the same', async () => {
    const text = JSON.stringify(sorted({ ...bigger(), version: 2 }))
    expect(await take(text)).toMatchObject({ ok: false, message: expect.stringContaining('newer Playhead') })
  })

  it('and that was cut behind its session is taken in up to there', async () => {
    const text = JSON.stringify(sorted(bigger()))
    const cut = text.slice(0, text.indexOf('"snapshots"') + 30)
    expect(await take(cut)).toMatchObject({ ok: false, badLine: { events: EVENTS } })
    expect(await take(cut, 'stop')).toMatchObject({ ok: true, events: EVENTS })
  })

  it('and that was cut before its session says so', async () => {
    const text = JSON.stringify(sorted(bigger()))
    const cut = text.slice(0, text.indexOf('"format"') - 5)
    expect(await take(cut)).toMatchObject({ ok: false, message: expect.stringContaining('ends in the middle') })
  })
})

describe('a file in another encoding', () => {
  const encodings: [string, (text: string) => Uint8Array][] = [
    ['UTF-8 with a byte order mark', text => new TextEncoder().encode(`\ufeff${text}`)],
    ['UTF-16 LE', text => utf16(text)],
    ['UTF-16 BE', text => utf16(text, { big: true })],
    ['UTF-16 LE without a mark', text => utf16(text, { mark: false })],
    ['UTF-16 BE without a mark', text => utf16(text, { big: true, mark: false })],
  ]
  it.each(encodings)('%s is read, as a document and as lines, compressed or not', async (_, encode) => {
    const before = await take(JSON.stringify(bigger()))
    expect(before.ok).toBe(true)
    const lines = (await exported(engine, FILE_SESSION, { format: 'jsonl', gzip: false })).text
    for (const [text, name] of [
      [JSON.stringify(bigger()), 'x.json'],
      [lines, 'x.jsonl'],
      [lines, 'x.json'],
    ] as const) {
      for (const packed of [false, true]) {
        await engine.sessions.wipe()
        const blob = new Blob([encode(text) as Uint8Array<ArrayBuffer>])
        const file = packed ? await new Response(blob.stream().pipeThrough(new CompressionStream('gzip'))).blob() : blob
        expect(await take(file, 'ask', name)).toMatchObject({ ok: true, events: EVENTS, warnings: [] })
        expect((await engine.read.detail(FILE_SESSION, 0))?.payload).toBe('{"row":1,"é":"ü𝄞"}')
      }
    }
  })

  it('UTF-16 that was cut in the middle of a character is taken in up to there', async () => {
    const bytes = utf16(JSON.stringify(bigger()))
    expect(await take(bytes.subarray(0, bytes.length - 401))).toMatchObject({ ok: false, badLine: { events: 39 } })
  })

  it('UTF-32 and others say what to do', async () => {
    const utf32 = new Uint8Array(Uint32Array.from('{"format":1}', char => char.charCodeAt(0)).buffer)
    expect(await take(utf32)).toMatchObject({ ok: false, message: 'the file is UTF-32: save it as UTF-8' })
    const latin = new Uint8Array([...new TextEncoder().encode('{"format":"'), 0xe4, 0x22, 0x7d])
    expect(await take(latin)).toMatchObject({ ok: false, message: expect.stringContaining('UTF-8') })
  })
})

describe('an empty file', () => {
  it.each([
    ['no bytes', ''],
    ['white space', ' \r\n\n'],
    ['a byte order mark', '\ufeff'],
    ['UTF-16 of nothing', new Uint8Array([0xff, 0xfe])],
  ])('%s: says so, whatever its name', async (_, file) => {
    for (const name of ['x.json', 'x.jsonl', 'x.har', '']) {
      expect(await take(file, 'ask', name)).toMatchObject({ ok: false, message: 'the file is empty' })
    }
    const packed = new Blob([file as string]).stream().pipeThrough(new CompressionStream('gzip'))
    expect(await take(await new Response(packed).blob())).toMatchObject({ ok: false, message: 'the file is empty' })
  })
})
