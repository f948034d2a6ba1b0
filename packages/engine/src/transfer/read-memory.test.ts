import { describe, expect, it } from 'vitest'
import { FileBudget } from './budgets'
import { FileError } from './file-error'
import { LineReader } from './read-lines'
import { SessionReader } from './read-session'

/** Files that would fill the memory of a reader which believes them. Read in pieces of this size, as from a disk. */
const PIECE = 64 << 10
const bytes = (text: string) => new TextEncoder().encode(text)
const sink = { session() {}, snapshot() {}, gap() {}, event() {}, artifact() {} }
const HEADER = '{"format":"playhead/session","version":1,"session":{"id":"x"}'

/** The text, then `megabytes` of `fill`; what is thrown, and how much memory it took. */
function read(reader: { write(piece: Uint8Array): void }, head: string, fill: string, megabytes: number) {
  const piece = bytes(fill.repeat(Math.ceil(PIECE / fill.length)))
  const before = process.memoryUsage()
  let most = 0
  let error: unknown
  try {
    reader.write(bytes(head))
    for (let done = 0; done < megabytes << 20; done += piece.length) {
      reader.write(piece)
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      most = Math.max(most, heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers)
    }
  } catch (thrown) {
    error = thrown
  }
  return { error, most: most / (1 << 20) }
}

describe('a hostile .json file is refused while it is read', () => {
  it.each([
    ['a string without an end', '"', 'x', /a string or number is longer/],
    ['a number without an end', '1', '7', /a string or number is longer/],
    ['a payload of many values', '[', '{},', /payload is longer/],
    ['depth', '', '[', /nested deeper/],
  ])(
    '%s',
    (_, start, fill, message) => {
      const { error, most } = read(new SessionReader(sink), `${HEADER},"events":[{"payload":${start}`, fill, 300)
      expect(error).toBeInstanceOf(FileError)
      expect((error as FileError).message).toMatch(message)
      expect((error as FileError).where).toMatch(/line 1, column \d+ \(events\[0\]/)
      expect(most).toBeLessThan(500)
    },
    60_000,
  )

  it('with more values than a session has outside payloads', () => {
    const { error } = read(new SessionReader(sink), `${HEADER},"events":[{"other":[`, '{},', 300)
    expect((error as FileError).message).toBe(`more than ${FileBudget.entries} entries in one value`)
  })
})

describe('a line of a .jsonl file', () => {
  it('of 200 MB is never held', () => {
    const bad: FileError[] = []
    const reader = new LineReader(sink, { name: '', bad: error => bad.push(error) })
    const { error, most } = read(reader, `${HEADER}}\n"`, 'x', 200)
    expect(error).toBeUndefined()
    expect(bad).toMatchObject([{ message: expect.stringContaining('longer than'), where: 'line 2, column 1' }])
    expect(most).toBeLessThan(200)
  })

  it('of many small values makes no tree of them', () => {
    const bad: FileError[] = []
    const reader = new LineReader(sink, { name: '', bad: error => bad.push(error) })
    reader.write(bytes(`${HEADER}}\n`))
    const before = process.memoryUsage().heapUsed
    reader.write(bytes(`{"id":1,"other":[${'{},'.repeat(20 << 20).slice(0, -1)}]}\n`))
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(600 << 20)
    expect(bad).toMatchObject([{ message: `more than ${FileBudget.entries} entries in one value` }])
  }, 60_000)
})
