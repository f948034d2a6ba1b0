import type { SessionFile } from '@playhead/shared/file/format'
import { eventId } from '@playhead/shared/model/id'
import fc from 'fast-check'
import Papa from 'papaparse'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EngineApi } from '../contract/engine'
import { FILE_PRODUCER, FILE_SESSION, smallFile } from '../testing/small-file'
import { exported, transferEngine } from '../testing/transfer-scenarios'

let engine: EngineApi
beforeAll(async () => {
  ;({ engine } = await transferEngine())
})
beforeEach(() => engine.sessions.wipe())

/** Exports a session whose events have these payloads, and reads the table as a spreadsheet would. */
async function table(payloads: readonly unknown[], change: (file: SessionFile) => void = () => {}) {
  const file = smallFile()
  const [event] = file.events
  if (!event) throw new Error('no event')
  file.gaps = []
  file.events = payloads.map((payload, i) => ({ ...event, id: eventId(FILE_PRODUCER, i + 1), t: i, payload }))
  change(file)
  expect(await engine.transfer.import(new Blob([JSON.stringify(file)]), '', 'replace')).toMatchObject({ ok: true })
  const { text, name } = await exported(engine, FILE_SESSION, { format: 'csv', gzip: false })
  expect(name).toMatch(/\.csv$/)
  expect(text.startsWith('id,time,t,producer,n,type,source,kind,level,take,flags,cause,causeKind,duration')).toBe(true)
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' })
  expect(errors).toEqual([])
  // Behind the last newline stands nothing.
  expect(data.pop()).toEqual([''])
  const [head = [], ...rows] = data
  expect(new Set(head).size).toBe(head.length)
  for (const row of rows) expect(row.length).toBe(head.length)
  return { head, rows: rows.map(row => Object.fromEntries(head.map((column, i) => [column, row[i] ?? '']))) }
}

describe('a session as a table', () => {
  it('has a row for each event, and a column for each member of their payloads', async () => {
    const { head, rows } = await table([
      { order: { id: 7, lines: [1, 'two'], 'a.b': true }, note: 'said "no", then\nleft' },
      { order: { id: -8.5 }, total: 1e21, none: null },
      'plain text',
      12,
    ])
    expect(head.slice(14)).toEqual([
      'payload.order.id',
      'payload.order.lines',
      'payload.order.a.b',
      'payload.note',
      'payload.total',
      'payload.none',
      'payload',
    ])
    expect(rows).toMatchObject([
      {
        ...{ id: eventId(FILE_PRODUCER, 1), time: '2026-01-02T03:04:05.000Z', t: '0', producer: 'orders', n: '1' },
        ...{ type: 'row:update', source: 'core', kind: 'action', level: 'action', take: '0', flags: 'input' },
        ...{ 'payload.order.id': '7', 'payload.order.lines': '[1,"two"]', 'payload.order.a.b': 'true' },
        'payload.note': 'said "no", then\nleft',
      },
      { 'payload.order.id': '-8.5', 'payload.total': '1e+21', 'payload.none': '', payload: '' },
      { payload: 'plain text', 'payload.order.id': '' },
      { payload: '12' },
    ])
  })

  it('says what JSON lacks as people write it, and facets and causes too', async () => {
    const tagged = (tag: string, v?: unknown) => ({ $ph: tag, v })
    const { rows } = await table(
      [
        {
          ...{
            u: tagged('undefined'),
            i: tagged('number', '-Infinity'),
            b: tagged('bigint', '-12'),
            d: tagged('date', ''),
          },
          ...{ cut: { $ph: 'string', v: 'begin', size: 99 }, s: tagged('redacted', 'password'), $$ph: 'a key' },
        },
      ],
      file => {
        Object.assign(file.events[0] as object, {
          facets: { agent: '=a', tick: -2, most: { $ph: 'number', v: 'Infinity' } },
          causes: [{ id: eventId(FILE_PRODUCER, 9), kind: 'explicit' }],
          duration: 0.25,
        })
      },
    )
    expect(rows[0]).toMatchObject({
      ...{ 'payload.u': '', 'payload.i': "'-Infinity", 'payload.b': '-12', 'payload.cut': 'begin…' },
      ...{ 'payload.s': '[redacted]', 'payload.$ph': 'a key' },
      ...{ 'facet.agent': "'=a", 'facet.tick': '-2', 'facet.most': 'Infinity' },
      ...{ cause: eventId(FILE_PRODUCER, 9), causeKind: 'explicit', duration: '0.25' },
    })
  })

  const dangerous = [
    '=1+1',
    '+1',
    '-1+cmd',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '=HYPERLINK("http://x")',
  ]
  it('holds no formula, wherever a page puts one', async () => {
    const { head, rows } = await table(
      dangerous.map((text, i) => ({ [text]: text, deep: [text], inner: `a;${text}`, n: -i })),
      file => {
        for (const [i, event] of file.events.entries()) event.type = event.source = dangerous[i] ?? ''
        for (const producer of file.session.producers) producer.name = '=name'
      },
    )
    for (const cell of [...head, ...rows.flatMap(row => Object.values(row))]) expect(cell).toSatisfy(isInert)
    for (const [i, row] of rows.entries()) {
      const inert = `'${(dangerous[i] ?? '').replace(/(?<=^\s)=/, "'=")}`
      expect(row).toMatchObject({ type: inert, source: inert, 'payload.n': String(-i) })
      expect(row.producer).toBe("'=name")
    }
  })

  it.each([';', '\t'])('holds none for a spreadsheet that cuts at %j either', async delimiter => {
    const texts = ['a\n=1+1', 'a\r\n=1+1', 'a;"=1+1;b', 'a;" =1+1;b', 'a\t"=1+1\tb', 'a"\n"=1+1', 'a; =1+1']
    await table(texts.map(text => ({ [text]: text })))
    const { text } = await exported(engine, FILE_SESSION, { format: 'csv', gzip: false })
    // Quotes mean something at the beginning of a cell, and are text everywhere else.
    const { data } = Papa.parse<string[]>(text.replaceAll('\r\n', '\n'), { delimiter, newline: '\n' })
    for (const cell of data.flat()) expect(cell.trimStart()).not.toMatch(/^[=+\-@](?!$)/)
  })

  it('gives every text back to a parser, but for the apostrophe before a formula', async () => {
    const texts = fc.array(
      fc.string({
        unit: fc.oneof(fc.constantFrom(...'",;\t\r\n=+-@\'|%'), fc.string({ unit: 'grapheme', maxLength: 1 })),
      }),
      { minLength: 1, maxLength: 20 },
    )
    await fc.assert(
      fc.asyncProperty(texts, async texts => {
        const { rows } = await table(texts.map(text => ({ text })))
        expect(
          rows.map(row =>
            row['payload.text']?.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n])'(?=[" ]*[=+\-@＝＋－＠])/g, ''),
          ),
        ).toEqual(
          texts.map(text => text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n])'(?=[" ]*[=+\-@＝＋－＠])/g, '')),
        )
        for (const cell of rows.flatMap(row => Object.values(row))) expect(cell).toSatisfy(isInert)
      }),
      { seed: 20261121, numRuns: 200, endOnFailure: true },
    )
  })

  it('has so many columns and no more: the rest is JSON in one', async () => {
    const wide = Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`m${i}`, i]))
    const { head, rows } = await table([{ first: 1 }, wide, { last: '=1', ['x'.repeat(900)]: 2 }])
    expect(head.length).toBe(14 + 500 + 1)
    expect(head.at(-1)).toBe('more')
    expect(Object.keys(JSON.parse(rows[1]?.more ?? '')).length).toBe(201)
    expect(JSON.parse(rows[2]?.more ?? '')).toMatchObject({ 'payload.last': "'=1" })
    expect(rows[0]?.more).toBe('')
  })

  it('gives hostile keys no meaning', async () => {
    const payload = JSON.parse('{"__proto__":{"polluted":1},"constructor":2,"toString":3}') as unknown
    const { rows } = await table([payload])
    expect(rows[0]).toMatchObject({ 'payload.__proto__.polluted': '1', 'payload.constructor': '2' })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('is compressed where the user wants it, and is never taken for a session', async () => {
    await table([1])
    const { blob, name } = await exported(engine, FILE_SESSION, { format: 'csv', gzip: true })
    expect(name).toMatch(/\.csv\.gz$/)
    expect(await engine.transfer.import(blob, name, 'replace')).toMatchObject({ ok: false })
  })
})

/** What no spreadsheet runs: plain numbers may begin with a minus. */
function isInert(cell: string): boolean {
  return (
    /^-?(\d[\d.]*(e[+-]\d+)?)$/.test(cell) ||
    (!/^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/[;\t\r\n][" ]*[=+\-@＝＋－＠]/.test(cell))
  )
}
