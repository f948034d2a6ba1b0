import { FileError } from './file-error'

/** Bytes that tell an encoding. */
const LOOK = 4

/** How a file says or shows that it is not plain UTF-8, by its first bytes; `00` and `xx` stand for a zero byte and any other. */
const SIGNS: readonly [first: string, encoding: Encoding, mark: number][] = [
  ['ff fe 00 00', 'utf-32', 4],
  ['00 00 fe ff', 'utf-32', 4],
  ['ff fe', 'utf-16le', 2],
  ['fe ff', 'utf-16be', 2],
  ['ef bb bf', 'utf-8', 3],
  // JSON begins with an ASCII character, so that zero bytes beside it show how wide its characters are.
  ['xx 00 00 00', 'utf-32', 0],
  ['00 00 00 xx', 'utf-32', 0],
  ['xx 00 xx 00', 'utf-16le', 0],
  ['00 xx 00 xx', 'utf-16be', 0],
]

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32'

/**
 * Passes the bytes of a text file on as UTF-8 without a byte order mark. Files in UTF-16, as some Windows tools write them, are
 * converted piece by piece. Throws FileError where the file is UTF-32, or UTF-16 that is damaged.
 */
export async function* toUtf8(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array()
  let convert = (piece: Uint8Array) => piece
  for await (const piece of pieces) {
    let rest = piece
    if (head) {
      rest = joined(head, piece)
      head = rest.length < LOOK ? rest.slice() : undefined
      if (head) continue
      const { encoding, mark } = encodingOf(rest)
      convert = converterOf(encoding)
      rest = rest.subarray(mark)
    }
    if (rest.length > 0) yield convert(rest)
  }
  if (!head) return
  // Of a file this short only a mark tells the encoding.
  const { encoding, mark } = encodingOf(head)
  if (head.length > mark) yield converterOf(encoding)(head.subarray(mark))
}

function encodingOf(bytes: Uint8Array): { encoding: Encoding; mark: number } {
  for (const [first, encoding, mark] of SIGNS) {
    const fits = first.split(' ').every((sign, at) => {
      const byte = bytes[at]
      return sign === 'xx' ? byte !== undefined && byte !== 0 : byte === Number.parseInt(sign, 16)
    })
    if (fits) return { encoding, mark }
  }
  return { encoding: 'utf-8', mark: 0 }
}

function converterOf(encoding: Encoding): (piece: Uint8Array) => Uint8Array {
  if (encoding === 'utf-8') return piece => piece
  if (encoding === 'utf-32') throw new FileError('the file is UTF-32: save it as UTF-8', '', true)
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  const encoder = new TextEncoder()
  return piece => {
    try {
      return encoder.encode(decoder.decode(piece, { stream: true }))
    } catch {
      throw new FileError(
        `the file is no valid ${encoding === 'utf-16le' ? 'UTF-16 LE' : 'UTF-16 BE'}: save it as UTF-8`,
      )
    }
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
