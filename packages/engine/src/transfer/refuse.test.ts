import type { SessionFile } from '@playhead/shared/file/format'
import { eventId } from '@playhead/shared/model/id'
import type { SessionInfo } from '@playhead/shared/model/session'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EngineApi } from '../contract/engine'
import type { ImportOutcome } from '../contract/transfer'
import { testProducer } from '../testing/make-batch'
import { FILE_PRODUCER, FILE_SESSION, smallFile } from '../testing/small-file'
import { exported, transferEngine } from '../testing/transfer-scenarios'

const TEXT = JSON.stringify(smallFile(), null, 1)
const BYTES = new TextEncoder().encode(TEXT)
const UNKNOWN = testProducer(9)

let engine: EngineApi
let before: unknown

beforeAll(async () => {
  ;({ engine } = await transferEngine())
  const own = smallFile()
  own.session.id = '01J0TJER000000000000000000'
  expect(await engine.transfer.import(new Blob([JSON.stringify(own)]), '', 'ask')).toMatchObject({
    ok: true,
    events: 3,
  })
  expect(await engine.transfer.import(new Blob([TEXT]), '', 'ask')).toMatchObject({ ok: true, events: 3 })
  before = await everything()
})

/** What the store holds, to the letter. */
async function everything() {
  const found: { info: SessionInfo; text: string }[] = []
  for (const info of await engine.sessions.list()) found.push({ info, text: (await exported(engine, info.id)).text })
  return found
}

/** Imports over the session that is there, and says what came of it; a refusal must be clear and change nothing. */
async function attempt(file: string | Uint8Array): Promise<ImportOutcome> {
  const outcome = await engine.transfer.import(new Blob([file as Uint8Array<ArrayBuffer>]), 'x.json', 'replace')
  if (outcome.ok || !('where' in outcome)) return outcome
  expect(outcome.message).not.toBe('')
  expect(outcome.message.length).toBeLessThan(500)
  expect(outcome.message).not.toMatch(
    /undefined is not|Cannot |is not a function|is not iterable|call stack|Invalid time/,
  )
  expect(outcome.where).toMatch(/^line \d+, column \d+/)
  return outcome
}

/** What is wrong with a file that is refused, or of which the user is asked whether to import what comes before that. */
async function refused(file: string | Uint8Array) {
  const given = await attempt(file)
  const outcome = 'badLine' in given ? given.badLine : given
  if (!('where' in outcome)) {
    await engine.transfer.import(new Blob([TEXT]), '', 'replace')
    throw new Error('it was taken in')
  }
  expect(await everything()).toEqual(before)
  return outcome
}

const changed = (change: (file: SessionFile) => void) => {
  const file = smallFile()
  change(file)
  return JSON.stringify(file, null, 1)
}
/** Members of any type in any place. */
const put = (change: (file: ReturnType<typeof loose>) => void) => {
  const file = loose()
  change(file)
  return JSON.stringify(file, null, 1)
}
const loose = () =>
  smallFile() as unknown as {
    [member in keyof SessionFile]: member extends 'session' | 'format' | 'version' ? Record<string, never> : never[]
  } & Record<string, unknown>

describe('a file that is refused leaves the store as it was and says what and where', () => {
  it.each([
    ['nothing', '', 'the file is empty', 'line 1, column 1'],
    ['another language', '<html></html>', 'not JSON', 'line 1, column 1'],
    ['a syntax error', TEXT.replace('"late"', 'late'), 'not JSON', lineOf('"late"')],
    ['a comma too many', TEXT.replace('"version": 1,', '"version": 1,,'), 'expected key', 'line 3'],
    ['something behind the end', `${TEXT}\n{}`, 'expected the end of the file, found {', lineAfter(TEXT)],
    ['another format', changed(file => Object.assign(file, { format: 'har' })), '"format" is "har"', 'line 2'],
    ['a list', '[]', 'one JSON object', 'line 1, column 1'],
    ['no format', '{"version":1}', '"format" is missing', 'line 1'],
    ['a newer version', changed(file => Object.assign(file, { version: 2 })), 'newer Playhead', 'line 3'],
    ['no version to speak of', changed(file => Object.assign(file, { version: '1' })), '"version" must be', 'line 3'],
    ['bytes that are not UTF-8', withBytes('"late"', [0x22, 0xff, 0xfe, 0x22]), 'not JSON', lineOf('"late"')],
    ['huge depth', TEXT.replace('"undefined"', '['.repeat(100_000)), 'nested deeper than', 'events[1]'],
  ])('%s', async (_, file, what, where) => {
    const outcome = await refused(file)
    expect(outcome.message).toContain(what)
    expect(outcome.where).toContain(where)
  })

  it.each<[string, string, string]>([
    ['format', put(file => delete (file as Record<string, unknown>).format), '"format" is missing'],
    ['session', put(file => delete (file as Record<string, unknown>).session), '"session" is missing'],
    ['events', put(file => delete (file as Record<string, unknown>).events), '"events" is missing'],
    ...(['session', 'snapshots', 'gaps', 'events'] as const).flatMap(member =>
      [null, 5, 'text', { a: 1 }, [1]].map((value): [string, string, string] => [
        `${member} = ${JSON.stringify(value)}`,
        put(file => Object.assign(file, { [member]: value })),
        '',
      ]),
    ),
  ])('wrong at the top: %s', async (_, file, what) => {
    expect((await refused(file)).message).toContain(what)
  })

  // Every member of every part, replaced by what it cannot be.
  const parts: [string, (file: SessionFile) => object][] = [
    ['session', file => file.session],
    ['session.producers[0]', file => file.session.producers[0]!],
    ['session.producers[0].attachments[0]', file => file.session.producers[0]!.attachments[0]!],
    ['session.schemas[0]', file => file.session.schemas![0]!],
    ['session.takes[1]', file => file.session.takes[1]!],
    ['session.marks[0]', file => file.session.marks[0]!],
    ['snapshots[0]', file => file.snapshots[0]!],
    ['gaps[0]', file => file.gaps[0]!],
    ['events[1]', file => file.events[1]!],
    ['events[1].causes[0]', file => file.events[1]!.causes![0]!],
    ['events[1].facets', file => file.events[1]!.facets!],
    ['events[1].patches[0]', file => file.events[1]!.patches![0]!],
  ]
  // Anything goes for these: what an app recorded, or what only people read.
  const free = new Set(['value', 'payload', 'patch', 'data', 'time of events[1]'])
  const members = parts.flatMap(([part, of]) =>
    Object.keys(of(smallFile()))
      .filter(key => !free.has(key) && !free.has(`${key} of ${part}`))
      .map(key => [part, key, of] as const),
  )
  it.each(members)('wrong type: %s.%s', async (part, key, of) => {
    for (const wrong of [null, [[]], { a: 1 }, Number.MAX_VALUE, -1.5, 'x'.repeat(20_000)]) {
      const legal =
        typeof wrong === 'number' &&
        ['started', 'time', 'timeOrigin', 'offset', 't', 'from', 'to', 'rowId', 'agent', 'most'].includes(key)
      if (legal && typeof (of(smallFile()) as Record<string, unknown>)[key] !== 'string') continue
      // Facets have any name.
      if (key === 'facets' && typeof wrong === 'object' && wrong && 'a' in wrong) continue
      if (part === 'events[1].facets' && typeof wrong === 'number') continue
      if (key === 'duration' && wrong === Number.MAX_VALUE) continue
      if (key === 'originalBytes' && wrong === Number.MAX_VALUE) continue
      const outcome = await refused(changed(file => Object.assign(of(file), { [key]: wrong })))
      expect(outcome.where, JSON.stringify(wrong)).toContain(
        part.replace(/^(\w+)(\[\d\])?.*/, (_, list, at = '') => list + (list === 'session' ? '' : at)),
      )
      expect(outcome.message, JSON.stringify(wrong)).toContain(key)
    }
  })

  it.each<[string, (file: SessionFile) => void, string, string]>([
    [
      'a producer twice',
      file => file.session.producers.push(file.session.producers[0]!),
      'an id comes twice',
      'session',
    ],
    [
      'an attachment twice',
      file => file.session.producers[0]!.attachments.push({ id: 1, name: '', source: '', replay: false }),
      'an id comes twice',
      'session',
    ],
    ['a shape twice', file => file.session.schemas!.push(file.session.schemas![0]!), 'a type comes twice', 'session'],
    ['a take twice', file => file.session.takes.push({ ...file.session.takes[1]! }), 'a number comes twice', 'session'],
    ['an event twice', file => file.events.push({ ...file.events[0]! }), 'comes twice', 'events[3]'],
    ['an event in a gap', file => (file.events[2]!.id = eventId(FILE_PRODUCER, 3)), 'is in a gap', 'events[2]'],
    ['a gap twice', file => file.gaps.push({ ...file.gaps[0]!, fromN: 4, toN: 9 }), 'another gap', 'gaps[1]'],
    ['a gap that ends before it begins', file => (file.gaps[0]!.toN = 1), 'toN is below', 'gaps[0]'],
    ['a number below the base', file => (file.session.producers[1]!.base = 1), 'before the base', 'events[2]'],
    ['a gap below the base', file => (file.session.producers[0]!.base = 3), 'before the base', 'gaps[0]'],
    ['a mark of an unknown producer', file => (file.session.marks[0]!.producer = UNKNOWN), UNKNOWN, 'session'],
    ['a take of an unknown producer', file => (file.session.takes[1]!.from = eventId(UNKNOWN, 1)), UNKNOWN, 'session'],
    ['a snapshot of an unknown producer', file => (file.snapshots[0]!.producer = UNKNOWN), UNKNOWN, 'snapshots[0]'],
    ['a gap of an unknown producer', file => (file.gaps[0]!.producer = UNKNOWN), UNKNOWN, 'gaps[0]'],
    ['an event of an unknown producer', file => (file.events[1]!.id = eventId(UNKNOWN, 1)), UNKNOWN, 'events[1]'],
    [
      'an event without a payload',
      file => delete (file.events[0] as { payload?: unknown }).payload,
      'payload',
      'events[0]',
    ],
    [
      'more causes than one event has',
      file => (file.events[0]!.causes = Array(1025).fill({ id: eventId(FILE_PRODUCER, 1), kind: 'explicit' })),
      'causes',
      'events[0]',
    ],
  ])('%s', async (_, change, what, where) => {
    const outcome = await refused(changed(change))
    expect(outcome.message).toContain(what)
    expect(outcome.where).toContain(where)
  })

  it('cut off at every 50th byte', async () => {
    for (let end = 0; end < BYTES.length; end += 50) {
      const { message, where } = await refused(BYTES.subarray(0, end))
      expect(message).toMatch(/^the file ends in the middle|^the file is empty|^not JSON/)
      const lines = new TextDecoder().decode(BYTES.subarray(0, end)).split('\n').length
      expect(where).toContain(`line ${lines},`)
    }
  })

  it('cancelled in the middle', async () => {
    const file = smallFile()
    const event = file.events[0]!
    file.events = Array.from({ length: 30_000 }, (_, i) => ({ ...event, id: eventId(FILE_PRODUCER, i + 10) }))
    const running = engine.transfer.import(new Blob([JSON.stringify(file)]), '', 'replace')
    await engine.transfer.cancel()
    expect(await running).toMatchObject({ ok: false, message: 'cancelled' })
    expect(await everything()).toEqual(before)
  })

  it('whose session is here already, until the user says what to do', async () => {
    const file = new Blob([TEXT])
    expect(await engine.transfer.import(file, '', 'ask')).toMatchObject({ ok: false, duplicate: { id: FILE_SESSION } })
    expect(await everything()).toEqual(before)
    const copy = await engine.transfer.import(file, '', 'copy')
    if (!copy.ok) throw new Error('not copied')
    expect(copy.session).not.toBe(FILE_SESSION)
    await engine.sessions.remove(copy.session)
    expect(await everything()).toEqual(before)
  })
})

describe('a file with hostile keys', () => {
  it('gives them no meaning, and keeps them where they are what the app recorded', async () => {
    const hostile = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'
    const payload = `{${hostile}}`
    const text = TEXT.replaceAll(/\{\n/g, `{${hostile},\n`)
      .replace(`{${hostile},`, '{')
      .replace(/"\$ph": "undefined"/, hostile)
    const { engine } = await transferEngine()
    const file = text.replace(/"facets": \{"__proto__.*/, '"facets": {"__proto__":"a","constructor":"b","prototype":3,')
    expect(await engine.transfer.import(new Blob([file]), '', 'ask')).toMatchObject({ ok: true, events: 3 })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    const detail = await engine.read.detail(FILE_SESSION, 1)
    expect(detail?.payload).toContain(payload.slice(1, -1))
    expect(Object.entries(detail!.facets)).toEqual(
      expect.arrayContaining([
        ['__proto__', 'a'],
        ['constructor', 'b'],
        ['prototype', 3],
        ['rowId', 17],
        ['most', Number.POSITIVE_INFINITY],
      ]),
    )
  })
})

function lineOf(word: string): string {
  return `line ${TEXT.slice(0, TEXT.indexOf(word)).split('\n').length},`
}

function lineAfter(text: string): string {
  return `line ${text.split('\n').length + 1},`
}

function withBytes(word: string, bytes: number[]): Uint8Array {
  const [start, end] = TEXT.split(word)
  return new Uint8Array([...new TextEncoder().encode(start), ...bytes, ...new TextEncoder().encode(end)])
}
