/** Runs in a page: every codec over the same chunks. */
import { compress, decompress, init } from '@bokuweb/zstd-wasm'
import { type GroupHead, groupByType, ungroup } from '@playhead/shared/wire/body-order'
import { deflate, inflate } from '../../../packages/engine/src/codec/deflate'
import { mixedPayload, mixedType } from '../workload'

export interface CodecFigures {
  codec: string
  grouped: boolean
  /** Bytes after and before. */
  bytes: number
  raw: number
  /** ms for all chunks, grouping included; without and with what `pack` does. */
  packing: number
  unpacking: number
}

interface Codec {
  pack(bytes: Uint8Array<ArrayBuffer>): Uint8Array | Promise<Uint8Array | undefined>
  unpack(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array | Promise<Uint8Array>
}

const ROWS = 4096

/** The modules as base64. */
async function measure(events: number, wasm: { lz4: string; zstd: string }): Promise<CodecFigures[]> {
  // Its types leave out where the module is.
  await (init as (url: string) => Promise<void>)(`data:application/wasm;base64,${wasm.zstd}`)
  const codecs: Record<string, Codec> = {
    none: { pack: bytes => bytes, unpack: bytes => bytes },
    'CompressionStream deflate-raw': { pack: bytes => deflate(bytes), unpack: inflate },
    'LZ4 in WASM': await loadLz4(wasm.lz4),
    'zstd 1 in WASM': { pack: bytes => compress(bytes, 1), unpack: bytes => decompress(bytes) },
    'zstd 3 in WASM': { pack: bytes => compress(bytes, 3), unpack: bytes => decompress(bytes) },
  }
  const all: CodecFigures[] = []
  for (const [codec, { pack, unpack }] of Object.entries(codecs)) {
    for (const grouped of [false, true]) all.push({ codec, grouped, raw: 0, bytes: 0, packing: 0, unpacking: 0 })
    const own = all.slice(-2)
    // Both ways chunk by chunk: what the machine does meanwhile meets both.
    for (let first = 0; first < events; first += ROWS) {
      const { head, text } = chunkAt(first, Math.min(ROWS, events - first))
      for (const figures of own) {
        const start = performance.now()
        const packed = (await pack(figures.grouped ? groupByType(text, head) : text)) as Uint8Array<ArrayBuffer>
        const middle = performance.now()
        const unpacked = await unpack(packed, text.length)
        const back = figures.grouped ? ungroup(unpacked, head) : unpacked
        figures.unpacking += performance.now() - middle
        figures.packing += middle - start
        figures.raw += text.length
        figures.bytes += packed.length
        if (back.length !== text.length || back[text.length >> 1] !== text[text.length >> 1]) throw new Error(codec)
      }
    }
  }
  return all
}

function chunkAt(first: number, count: number): { head: GroupHead; text: Uint8Array<ArrayBuffer> } {
  const payloadEnds = new Uint32Array(count)
  const type = new Uint16Array(count)
  let text = ''
  for (let row = 0; row < count; row++) {
    text += mixedPayload(first + row)
    payloadEnds[row] = text.length
    type[row] = mixedType(first + row)
  }
  return { head: { count, payloadEnds, type }, text: new TextEncoder().encode(text) }
}

interface Lz4Exports {
  memory: WebAssembly.Memory
  __wbindgen_add_to_stack_pointer(by: number): number
  __wbindgen_malloc(size: number): number
  __wbindgen_free(at: number, size: number): void
  compress(result: number, at: number, size: number): void
  decompress(result: number, at: number, size: number): void
}

/** The package's own glue imports its module in a way that needs a bundler's plugin. */
async function loadLz4(base64: string): Promise<Codec> {
  const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0))
  const { instance } = await WebAssembly.instantiate(bytes, {
    './lz4_wasm_bg.js': {
      __wbindgen_string_new: () => {
        throw new Error('LZ4 refused')
      },
    },
  })
  const lz4 = instance.exports as unknown as Lz4Exports
  const run = (work: 'compress' | 'decompress') => (input: Uint8Array) => {
    const result = lz4.__wbindgen_add_to_stack_pointer(-16)
    const at = lz4.__wbindgen_malloc(input.length)
    new Uint8Array(lz4.memory.buffer).set(input, at)
    lz4[work](result, at, input.length)
    const [start = 0, size = 0] = new Int32Array(lz4.memory.buffer, result, 2)
    const output = new Uint8Array(lz4.memory.buffer).slice(start, start + size)
    lz4.__wbindgen_free(start, size)
    lz4.__wbindgen_add_to_stack_pointer(16)
    return output
  }
  return { pack: run('compress'), unpack: run('decompress') }
}

Object.assign(globalThis, { codecBench: { measure } })
