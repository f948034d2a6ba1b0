import { readFileSync } from 'node:fs'
import { fromRoot } from '../../scripts/lib/paths.ts'
import { launchChromium } from '../support/chromium'
import { startServer } from '../support/server'
import { bundled } from './bundle.ts'
import type { CodecFigures } from './codecs/page.ts'
import type { BenchRow } from './row.ts'

declare const codecBench: { measure(events: number, wasm: { lz4: string; zstd: string }): Promise<CodecFigures[]> }

const EVENTS = 1_000_000

/** How small the payloads of a mixed session become, and how fast each codec is both ways: one thread of a real page, chunk by chunk. */
export async function benchCodecs(): Promise<BenchRow[]> {
  const script = (await bundled('test/bench/codecs/page.ts')).replaceAll('</script', '<\\/script')
  const site = await startServer({
    pages: { '/': `<!doctype html><title>bench</title><script type="module">${script}</script>` },
  })
  const chromium = await launchChromium({ extension: undefined, protocolTimeout: 600_000 })
  try {
    const page = await chromium.open(`${site.origin}/`)
    const wasm = { lz4: base64('lz4-wasm/lz4_wasm_bg.wasm'), zstd: base64('@bokuweb/zstd-wasm/dist/web/zstd.wasm') }
    const figures = await page.evaluate((events, modules) => codecBench.measure(events, modules), EVENTS, wasm)
    return figures.flatMap(rowsOf)
  } finally {
    await chromium.close()
    await site.close()
  }
}

function rowsOf({ codec, grouped, raw, bytes, packing, unpacking }: CodecFigures): BenchRow[] {
  const what = `${codec}${grouped ? ', grouped by type' : ''}`
  return [
    { what, value: bytes / EVENTS, unit: 'B/event' },
    { what: `${what}: in`, value: raw / 1000 / packing, unit: 'MB/s' },
    { what: `${what}: out`, value: raw / 1000 / unpacking, unit: 'MB/s' },
  ]
}

const base64 = (path: string) => readFileSync(fromRoot(`node_modules/${path}`)).toString('base64')
