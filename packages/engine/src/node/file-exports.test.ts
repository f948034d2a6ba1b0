import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Sink } from '../transfer/sink'
import { fileExports } from './file-exports'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-exports-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = (name: string) => fileExports(folder).open('application/json', name)
const write = (sink: Sink, text: string) => sink.write(new TextEncoder().encode(text))
const names = async () => (await readdir(folder)).sort()

it('has its name when it is whole, and is the blob that its user gets', async () => {
  const sink = await open('a.json')
  await write(sink, 'one ')
  expect(await names()).toEqual([expect.stringMatching(/\.part$/)])
  await write(sink, 'two')
  const blob = await sink.finish()
  expect(await names()).toEqual(['a.json'])
  expect(blob.type).toBe('application/json')
  expect(await blob.text()).toBe('one two')
})

it('leaves nothing behind when it is given up', async () => {
  const sink = await open('a.json')
  await write(sink, 'one')
  await sink.discard()
  expect(await names()).toEqual([])
})

it('replaces no other, also when they end at the same moment', async () => {
  const sinks = await Promise.all([1, 2, 3].map(() => open('playhead-example.com-2026.jsonl.gz')))
  await Promise.all(sinks.map((sink, i) => write(sink, `${i}`)))
  await Promise.all(sinks.map(sink => sink.finish()))
  expect(await names()).toEqual([
    'playhead-example.com-2026 (2).jsonl.gz',
    'playhead-example.com-2026 (3).jsonl.gz',
    'playhead-example.com-2026.jsonl.gz',
  ])
  const texts = await Promise.all((await names()).map(name => readFile(join(folder, name), 'utf8')))
  expect(texts.sort()).toEqual(['0', '1', '2'])
})

it('has a name that file systems take, whatever it is asked for', async () => {
  await (await open(`../${'漢'.repeat(100)}.csv`)).finish()
  await (await open('.json')).finish()
  const all = await names()
  expect(all).toContain('export.json')
  expect(all.find(name => name.endsWith('.csv'))).toMatch(/^\.\._漢{60,}\.csv$/)
})

it('goes an hour after its process ended in the middle of it', async () => {
  const stays = await open('a.json')
  await writeFile(join(folder, 'old.part'), '')
  await writeFile(join(folder, 'old.json'), '')
  const before = new Date(Date.now() - 2 * 60 * 60_000)
  for (const name of ['old.part', 'old.json']) await utimes(join(folder, name), before, before)
  await fileExports(folder).sweep()
  expect(await names()).toEqual([expect.stringMatching(/^[^o].*\.part$/), 'old.json'])
  await stays.discard()
})
