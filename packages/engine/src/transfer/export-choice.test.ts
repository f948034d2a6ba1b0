import { parseFilter } from '@playhead/shared/filter/parse'
import { eventId } from '@playhead/shared/model/id'
import { beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../artifacts/sha256'
import type { ExportFormat } from '../contract/transfer'
import type { Engine } from '../engine'
import { FILE_PRODUCER, FILE_SESSION, smallFile } from '../testing/small-file'
import { exported, transferEngine } from '../testing/transfer-scenarios'

const EVENTS = 1000
const FORMATS = ['json', 'jsonl', 'csv'] as const
let engine: Engine
let ref = ''

/** A session of 1,000 events, every tenth of the type `rare`, with takes, a state and an artifact. */
beforeEach(async () => {
  ;({ engine } = await transferEngine())
  const file = smallFile()
  const [event] = file.events
  file.gaps = []
  file.events = Array.from({ length: EVENTS }, (_, i) => ({
    ...{ ...event!, id: eventId(FILE_PRODUCER, i + 1), t: i, type: i % 10 === 0 ? 'rare' : 'often' },
    payload: { i, text: 'x'.repeat(100) },
  }))
  const bytes = new TextEncoder().encode('a report')
  ref = await sha256(bytes)
  const mark = { time: 1, kind: 'artifact', name: 'report', producer: FILE_PRODUCER, afterN: 1 }
  file.session.marks.push({ ...mark, data: { ref, type: 'text/plain', bytes: 8 } })
  const artifacts = [{ ref, type: 'text/plain', bytes: 8, base64: btoa('a report') }]
  const outcome = await engine.transfer.import(new Blob([JSON.stringify({ ...file, artifacts })]), '', 'ask')
  expect(outcome).toMatchObject({ ok: true, events: EVENTS, warnings: [] })
})

const write = (format: Omit<ExportFormat, 'gzip'>) => exported(engine, FILE_SESSION, { gzip: false, ...format })

/** Imports files into an empty engine and tells of the session. */
async function back(files: File[]) {
  const { engine } = await transferEngine()
  const outcome = await engine.transfer.import(files, '', 'ask')
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  const [info] = await engine.sessions.list()
  return { engine, outcome, info: info! }
}

async function parts(format: ExportFormat): Promise<File[]> {
  const outcome = await engine.transfer.export(FILE_SESSION, format)
  if (!outcome.ok) throw new Error(outcome.message)
  expect(outcome.value.events).toBe(EVENTS)
  return outcome.value.parts.map(({ blob, name }) => new File([blob], name))
}

describe('an export', () => {
  it.each(FORMATS)('of what the filter shows has those events only: %s', async format => {
    const { filter } = parseFilter('type:rare')
    const { view } = await engine.view.show({ session: FILE_SESSION, filter })
    const { text } = await write({ format, only: { view } })
    expect(text.match(/"?rare"?,/g)).toHaveLength(100)
    expect(text).not.toMatch(/often/)
    await engine.view.show({ session: FILE_SESSION, filter })
    expect(await engine.transfer.export(FILE_SESSION, { format, gzip: false, only: { view } })).toMatchObject({
      ok: false,
    })
  })

  it.each(['json', 'jsonl'] as const)('of a selection says so, and what is not in it is no loss: %s', async format => {
    const { text } = await write({ format, only: { seqs: [5, 3, 3, 7, 5000, -1] } })
    const { info, engine } = await back([new File([text], `x.${format}`)])
    expect(info).toMatchObject({ events: 3, excerpt: { events: 3, of: EVENTS } })
    const shown = await engine.view.show({ session: FILE_SESSION, filter: parseFilter('').filter })
    const { items } = await engine.view.rows(shown.view, 0, shown.items)
    const reasons = items.flatMap(item => (item.item === 'gap' ? [item.gap.reason] : []))
    expect(new Set(reasons)).toEqual(new Set(['excerpt']))
    expect((await exported(engine, FILE_SESSION)).text).toContain('"excerpt"')
  })

  it.each(['json', 'jsonl'] as const)('in parts comes back as one session, in any order: %s', async format => {
    for (const gzip of [false, true]) {
      const files = await parts({ format, gzip, part: 40_000 })
      expect(files.length).toBeGreaterThan(3)
      if (!gzip) for (const file of files) expect(file.size).toBeLessThan(50_000)
      expect(new Set(files.map(({ name }) => name)).size).toBe(files.length)
      const { outcome, info, engine: other } = await back([...files].reverse())
      expect(outcome).toMatchObject({ events: EVENTS, warnings: [] })
      expect(info.missing).toBe(0)
      expect((await exported(other, FILE_SESSION)).text).toBe((await exported(engine, FILE_SESSION)).text)
    }
  })

  it('in parts without one of them says which, and shows a gap', async () => {
    const files = await parts({ format: 'json', gzip: false, part: 40_000 })
    const { engine } = await transferEngine()
    const some = files.filter((_, index) => index !== 1)
    expect(await engine.transfer.import(some, '', 'ask')).toMatchObject({ badLine: { message: 'part 2 is missing' } })
    expect(await engine.transfer.import(some, '', 'ask', 'skip')).toMatchObject({ ok: true })
  })

  it('of a table in parts begins each with the names of its columns', async () => {
    const files = await parts({ format: 'csv', gzip: false, part: 40_000 })
    const texts = await Promise.all(files.map(file => file.text()))
    expect(texts.length).toBeGreaterThan(2)
    for (const text of texts) expect(text).toMatch(/^\ufeff?id,time,t,/)
    expect(texts.join('').match(/\d{10},2026/g)).toHaveLength(EVENTS)
  })

  it.each(['json', 'jsonl'] as const)(
    'holds takes, states and artifacts, or says what is left out: %s',
    async format => {
      const whole = await back([new File([(await write({ format })).text], `x.${format}`)])
      expect(whole.outcome.ok && whole.outcome.warnings).toEqual([])
      expect(whole.info.takes).toHaveLength(2)
      expect(await whole.engine.read.keyframes(FILE_SESSION)).toHaveLength(1)
      expect(new TextDecoder().decode((await whole.engine.sessions.artifact(ref))!)).toBe('a report')
      const without = await back([new File([(await write({ format, artifacts: false })).text], `x.${format}`)])
      expect(without.outcome).toMatchObject({ warnings: ['the bytes of 1 artifact are not in the file'] })
      expect(await without.engine.sessions.artifact(ref)).toBeNull()
    },
  )

  it('with an artifact that is not what its name says is taken in without it', async () => {
    const text = (await write({ format: 'json' })).text.replace(btoa('a report'), btoa('a forgery'))
    const { outcome, engine } = await back([new File([text], 'x.json')])
    expect(outcome).toMatchObject({ warnings: [expect.stringContaining('not the one')] })
    expect(await engine.sessions.artifact(ref)).toBeNull()
  })
})
