import { messageOf } from '@playhead/shared/values/message-of'
import { WireError } from '@playhead/shared/wire/error'
import { nextTask } from '../tasks/next-task'

/** Bytes that the compressor gets at a time: about 1 ms of its work. */
const DEFLATE_SLICE = 64 << 10
/**
 * Compressed bytes that the decompressor gets at a time. One byte can become at most 1,032, so data that is longer than it claims to be
 * fills at most 32 MB before the excess is noticed.
 */
const INFLATE_SLICE = 32 << 10

/**
 * Compresses `bytes` as raw deflate, without a header. Equal input gives equal output. Other tasks of the thread get their turn about
 * every ms; `goOn` is asked then, and when it returns false compressing stops and the result is undefined.
 */
export async function deflate(
  bytes: Uint8Array<ArrayBuffer>,
  goOn: () => boolean = () => true,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const stream = new CompressionStream('deflate-raw')
  const parts: Uint8Array[] = []
  let stopped = false
  const read = eachPart(stream.readable, part => parts.push(part))
  const written = feed(stream.writable, bytes, DEFLATE_SLICE, async () => {
    await nextTask()
    stopped = !goOn()
    return !stopped
  })
  await settled(read, written).catch(error => {
    if (!stopped) throw error
  })
  return stopped ? undefined : joined(parts)
}

/**
 * Inflates raw deflate into `text`, which must have room for `size` bytes, and returns `text`. Rejects with WireError when `bytes` is
 * not raw deflate or does not inflate to exactly `size` bytes.
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
  text = new Uint8Array(size),
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new DecompressionStream('deflate-raw')
  let at = 0
  const read = eachPart(stream.readable, part => {
    if (part.length > size - at) throw new WireError(`inflates to more than ${size} bytes`, 'text')
    text.set(part, at)
    at += part.length
  })
  const written = feed(stream.writable, bytes, INFLATE_SLICE)
  await settled(read, written).catch(error => {
    throw error instanceof WireError ? error : new WireError(`cannot be inflated: ${messageOf(error)}`, 'text')
  })
  if (at !== size) throw new WireError(`inflates to ${at} bytes, should be ${size}`, 'text')
  return text
}

async function eachPart(readable: ReadableStream<Uint8Array>, use: (part: Uint8Array) => void): Promise<void> {
  const reader = readable.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    try {
      use(value)
    } catch (error) {
      // Cancelling makes the writing end fail; otherwise it would wait for ever for somebody to read.
      await reader.cancel(error).catch(() => undefined)
      throw error
    }
  }
}

/** Writes `bytes` to the stream in pieces of `slice` bytes. Aborts the stream when `goOn`, asked before each piece, gives false. */
async function feed(
  writable: WritableStream<BufferSource>,
  bytes: Uint8Array<ArrayBuffer>,
  slice: number,
  goOn?: () => Promise<boolean>,
): Promise<void> {
  const writer = writable.getWriter()
  for (let at = 0; at < bytes.length; at += slice) {
    if (goOn && !(await goOn())) return writer.abort()
    await writer.write(bytes.subarray(at, at + slice))
  }
  await writer.close()
}

/** Waits until both ends have settled. When both fail, the error of the reading end is thrown, as it is nearer to the cause. */
async function settled(read: Promise<void>, written: Promise<void>): Promise<void> {
  for (const result of await Promise.allSettled([read, written])) if (result.status === 'rejected') throw result.reason
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
