import type { SessionInfo } from '@playhead/shared/model/session'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EngineApi } from '../contract/engine'
import type { ImportOutcome, OnBadLine } from '../contract/transfer'
import { damage, damaged } from '../testing/damaged-file'
import { FILE_SESSION, smallFile } from '../testing/small-file'
import { fileLines } from '../testing/small-lines'
import { exported, transferEngine } from '../testing/transfer-scenarios'

const DOCUMENT = JSON.stringify(smallFile(), null, 1)
const LINES = `${fileLines().join('\n')}\n`
const encoder = new TextEncoder()
const SEED = 20261121

let engine: EngineApi
let before: unknown
const reset = () => engine.transfer.import(new Blob([DOCUMENT]), '', 'replace')
beforeAll(async () => {
  ;({ engine } = await transferEngine())
})
beforeEach(async () => {
  await engine.sessions.wipe()
  expect(await reset()).toMatchObject({ ok: true, events: 3 })
  before = await everything()
})

async function everything() {
  const found: { info: SessionInfo; text: string }[] = []
  for (const info of await engine.sessions.list()) {
    // When the old one was brought back.
    found.push({ info: { ...info, updated: 0 }, text: (await exported(engine, info.id)).text })
  }
  return found
}

/** What is wrong must be said in words for people, with its place. */
function isClear({ message, where }: { message: string; where: string }): void {
  expect(message).not.toBe('')
  expect(message.length).toBeLessThan(500)
  expect(message).not.toMatch(/undefined is not|Cannot |is not a function|is not iterable|call stack|Invalid time/)
  expect(where).toMatch(/^line \d+, column \d+|^$/)
}

/** Imports over the session that is there. True: it was taken in, and is a session like any other; the old one is back. */
async function attempt(bytes: Uint8Array, onBadLine: OnBadLine): Promise<boolean> {
  const outcome: ImportOutcome = await engine.transfer.import(
    new Blob([bytes as Uint8Array<ArrayBuffer>]),
    '',
    'replace',
    onBadLine,
  )
  if (!outcome.ok) {
    expect('duplicate' in outcome).toBe(false)
    if ('badLine' in outcome) isClear(outcome.badLine)
    else if ('message' in outcome) isClear(outcome)
    expect('badLine' in outcome && onBadLine !== 'ask').toBe(false)
    return false
  }
  const { blob } = await exported(engine, outcome.session, { format: 'jsonl', gzip: false })
  expect(await engine.transfer.import(blob, '', 'replace')).toMatchObject({ ok: true, events: outcome.events })
  if (outcome.session !== FILE_SESSION) await engine.sessions.remove(outcome.session)
  await reset()
  return true
}

/** Every input is a session or a clear refusal: no crash, no hang, nothing half. Returns how many were taken in. */
async function everyOne(inputs: fc.Arbitrary<[Uint8Array, OnBadLine]>, runs: number): Promise<number> {
  let taken = 0
  let run = 0
  await fc.assert(
    fc.asyncProperty(inputs, async ([bytes, onBadLine]) => {
      if (await attempt(bytes, onBadLine)) taken++
      // A change would stay: it need not be looked for every time.
      if (++run % 50 === 0) expect(await everything()).toEqual(before)
    }),
    { seed: SEED, numRuns: runs, endOnFailure: true },
  )
  expect(await everything()).toEqual(before)
  return taken
}

const onBadLine = fc.constantFrom<OnBadLine>('ask', 'stop', 'skip')
const damagedFile = (text: string) =>
  fc.tuple(
    fc
      .array(damage, { minLength: 1, maxLength: 3 })
      .map(damages => damages.reduce<Uint8Array>(damaged, encoder.encode(text))),
    onBadLine,
  )

describe('whatever becomes of a file, it is a session or a clear refusal', () => {
  it('a damaged .json file', async () => {
    expect(await everyOne(damagedFile(DOCUMENT), 5000)).toBeGreaterThan(200)
  }, 120_000)

  it('a damaged .jsonl file', async () => {
    expect(await everyOne(damagedFile(LINES), 5000)).toBeGreaterThan(1000)
  }, 120_000)

  it('lines of anything behind a header', async () => {
    const [header = ''] = LINES.split('\n')
    const member = fc.constantFrom(
      'id',
      'payload',
      't',
      'type',
      'snapshot',
      'gap',
      'end',
      '__proto__',
      'patches',
      'causes',
    )
    const line = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...LINES.split('\n')),
      fc.dictionary(member, fc.jsonValue()).map(value => JSON.stringify(value)),
      fc
        .tuple(fc.nat(2), member, fc.jsonValue())
        .map(([index, key, value]) => JSON.stringify({ ...smallFile().events[index], [key]: value })),
    )
    const file = fc.array(line, { maxLength: 8 }).map(lines => encoder.encode([header, ...lines].join('\n')))
    expect(await everyOne(fc.tuple(file, onBadLine), 2000)).toBeGreaterThan(500)
  }, 120_000)

  it('damaged compressed files', async () => {
    const pack = async (text: string) =>
      new Uint8Array(
        await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
      )
    for (const whole of [await pack(DOCUMENT), await pack(LINES)]) {
      const input = fc.tuple(fc.array(damage, { minLength: 1, maxLength: 2 }), onBadLine)
      await everyOne(
        input.map(([damages, how]) => [damages.reduce<Uint8Array>(damaged, whole), how]),
        500,
      )
    }
  }, 120_000)
})
