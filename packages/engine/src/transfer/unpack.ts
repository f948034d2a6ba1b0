import { FileBudget } from './budgets'
import { FileError } from './file-error'
import { toUtf8 } from './to-utf8'

/** Bytes of a piece: few enough to be read in some ms. */
const PIECE = 64 << 10
/** Compressed bytes that are unpacked at a time. They can become a thousand times as many. */
const PACKED_PIECE = 4 << 10

/** Whether a file begins as gzip does. */
export async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return first === 0x1f && second === 0x8b
}

/**
 * Reads a file in pieces of at most 64 KiB, unpacks it if it is gzip'd, and converts it to UTF-8. `read` is told how many bytes of the
 * file itself were read so far. Throws FileError when the file is UTF-32, or when the compressed data is damaged, cut short, or unpacks to more than the budget's ratio allows.
 */
export async function* unpack(file: Blob, read: (bytes: number) => void = () => {}): AsyncGenerator<Uint8Array> {
  yield* toUtf8((await isGzip(file)) ? gunzip(file, read) : pieces(file, PIECE, read))
}

async function* pieces(
  file: Blob,
  size: number,
  read: (bytes: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const stream = file.stream().getReader()
  let total = 0
  try {
    for (;;) {
      const { done, value } = await stream.read()
      if (done) return
      for (let from = 0; from < value.length; from += size) {
        const piece = value.subarray(from, from + size)
        total += piece.length
        read(total)
        yield piece
      }
    }
  } finally {
    // Not awaited: an import that was cancelled would wait for a slow disk.
    void stream.cancel().catch(() => {})
  }
}

async function* gunzip(file: Blob, read: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const gzip = new DecompressionStream('gzip')
  const reader = gzip.readable.getReader()
  let packed = 0
  let unpacked = 0
  const feeding = feed(gzip.writable.getWriter(), file, bytes => {
    packed = bytes
    read(bytes)
  })
  feeding.catch(() => {})
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new FileError('the compressed data is damaged or ends too early')
      })
      if (done) return
      unpacked += value.length
      if (unpacked > FileBudget.ratioFrom && unpacked > packed * FileBudget.ratio) {
        throw new FileError(`the compressed data unpacks to more than ${FileBudget.ratio} times its size`, '', true)
      }
      for (let from = 0; from < value.length; from += PIECE) yield value.subarray(from, from + PIECE)
    }
  } finally {
    void reader.cancel().catch(() => {})
  }
}

async function feed(
  writer: WritableStreamDefaultWriter<BufferSource>,
  file: Blob,
  read: (bytes: number) => void,
): Promise<void> {
  try {
    for await (const piece of pieces(file, PACKED_PIECE, read)) {
      await writer.ready
      await writer.write(piece)
    }
    await writer.close()
  } catch (error) {
    await writer.abort(error).catch(() => {})
  }
}
