import { encodeBody, encodeDeflatedBody } from '@playhead/shared/wire/body-codec'
import type { GroupHead } from '@playhead/shared/wire/body-order'
import { containerChecksum } from '@playhead/shared/wire/container'
import { WireError } from '@playhead/shared/wire/error'
import { describe, expect, it } from 'vitest'
import { Random } from '../testing/random'
import { deflateBody, inflateBody, isDeflated } from './body'
import { deflate, inflate } from './deflate'

function randomChunk(random: Random, rows: number): { head: GroupHead; text: Uint8Array } {
  const payloadEnds = new Uint32Array(rows)
  const parts: string[] = []
  let end = 0
  for (let row = 0; row < rows; row++) {
    const part = `{"id":${random.whole(0, 1e6)},"note":"${'ab'.repeat(random.whole(0, 60))}"}`
    parts.push(part)
    payloadEnds[row] = end += part.length
  }
  const type = Uint16Array.from({ length: rows }, () => random.whole(0, 7))
  return { head: { count: rows, payloadEnds, type }, text: new TextEncoder().encode(parts.join('')) }
}

/** `toEqual` takes seconds over a chunk. */
const same = (a: ArrayBuffer | Uint8Array | undefined, b: ArrayBuffer | Uint8Array | undefined) =>
  a !== undefined && b !== undefined && Buffer.compare(bytesOf(a), bytesOf(b)) === 0
const bytesOf = (data: ArrayBuffer | Uint8Array) => (data instanceof Uint8Array ? data : new Uint8Array(data))

describe('a compressed body', () => {
  it('gives its text back, whatever it holds, and is the same each time', async () => {
    const random = new Random(31)
    for (let round = 0; round < 40; round++) {
      const { head, text } = randomChunk(random, random.pick([0, 1, 2, 300, 4096]))
      const body = await deflateBody(text, head)
      expect(same(await deflateBody(text, head), body)).toBe(true)
      expect(isDeflated(body!)).toBe(true)
      expect(same(await inflateBody(body!, head), text)).toBe(true)
      const raw = encodeBody(text, head.count)
      expect(isDeflated(raw)).toBe(false)
      expect(same(await inflateBody(raw, head), text)).toBe(true)
    }
  })

  it('is given up when something else is to be done', async () => {
    const { head, text } = randomChunk(new Random(1), 4096)
    let asked = 0
    expect(await deflateBody(text, head, () => ++asked < 3)).toBeUndefined()
    expect(asked).toBe(3)
  })

  it('that is damaged is an error, also where the checksum is forged', async () => {
    const random = new Random(77)
    for (let round = 0; round < 300; round++) {
      const { head, text } = randomChunk(random, random.whole(1, 60))
      const body = (await deflateBody(text, head))!
      const at = random.whole(40, body.byteLength - 1)
      new Uint8Array(body)[at]! ^= random.whole(1, 255)
      await expect(inflateBody(body, head)).rejects.toBeInstanceOf(WireError)
      const words = new Uint32Array(body)
      words[5] = containerChecksum(words)
      const found = await inflateBody(body, head).catch(error => error)
      if (found instanceof Uint8Array) expect(found.length).toBe(text.length)
      else expect(found).toBeInstanceOf(WireError)
    }
  })
})

describe('inflating', () => {
  it('refuses another size, and a cut', async () => {
    const text = new TextEncoder().encode('x'.repeat(100_000))
    const deflated = (await deflate(text))!
    expect(same(await inflate(deflated, text.length), text)).toBe(true)
    for (const size of [0, 1, text.length - 1, text.length + 1])
      await expect(inflate(deflated, size)).rejects.toBeInstanceOf(WireError)
    await expect(inflate(deflated.slice(0, -2), text.length)).rejects.toBeInstanceOf(WireError)
    await expect(inflate(new Uint8Array(0), 10)).rejects.toBeInstanceOf(WireError)
    expect(await inflate((await deflate(new Uint8Array(0)))!, 0)).toEqual(new Uint8Array(0))
  })

  it('never makes much more than it was told to expect', async () => {
    const bomb = (await deflate(new Uint8Array(200 << 20)))!
    expect(bomb.length).toBeLessThan(300_000)
    const head: GroupHead = { count: 1, payloadEnds: Uint32Array.of(5000), type: Uint16Array.of(1) }
    const before = process.memoryUsage().arrayBuffers
    await expect(inflateBody(encodeDeflatedBody(bomb, 5000, 1), head)).rejects.toThrow(/more than 5000 bytes/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 << 20)
  })
})
