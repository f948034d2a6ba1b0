/**
 * npm run bench [-- --json FILE] [--only record,sizes,…] [--full] [--seconds N]
 * Builds, measures, prints a table beside the budgets, and writes the numbers as JSON where asked. Never fails on a missed budget:
 * machines are noisy; compare ratios of one run. `--full`: transfer and find among a million events, not a hundred thousand, and record for
 * a minute, not ten seconds; `--seconds N`: record for so long.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { build, EVERYTHING } from '../../scripts/lib/build.ts'
import { benchCauses } from './causes.ts'
import { benchCodecs } from './codecs.ts'
import { benchFind } from './find.ts'
import { benchFirstPaint } from './first-paint.ts'
import { benchMemory } from './memory.ts'
import { benchPipeline } from './pipeline.ts'
import { benchRecord } from './record.ts'
import { type BenchRow, table } from './row.ts'
import { benchSearch } from './search.ts'
import { benchSession } from './session.ts'
import { benchSizes } from './sizes.ts'
import { benchTimeline } from './timeline.ts'
import { benchTransfer } from './transfer.ts'

/** Benchmarks by name, in the order in which they run. */
const BENCHMARKS: Record<string, () => Promise<BenchRow[]>> = {
  record: benchRecord,
  pipeline: () => benchPipeline(Number(values.seconds ?? (values.full ? 60 : 10))),
  memory: async () => [...(await benchMemory(100_000)), ...(await benchMemory(1_000_000))],
  search: benchSearch,
  session: () => benchSession(1_000_000),
  find: () => benchFind(values.full ? [100_000, 1_000_000] : [100_000]),
  paint: benchFirstPaint,
  timeline: benchTimeline,
  causes: benchCauses,
  sizes: benchSizes,
  codecs: benchCodecs,
  transfer: () => benchTransfer(values.full ? 1_000_000 : 100_000),
}

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    full: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
})
const names = values.only?.split(',') ?? Object.keys(BENCHMARKS)
if (!values['no-build']) await build(EVERYTHING)
const rows: BenchRow[] = []
for (const name of names) {
  const run = BENCHMARKS[name]
  if (!run) throw new Error(`--only takes ${Object.keys(BENCHMARKS).join(', ')}, not "${name}"`)
  rows.push(...(await run()))
}
console.log(`\n${table(rows)}`)
if (values.json) {
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version }
  writeFileSync(values.json, `${JSON.stringify({ date: new Date().toISOString(), machine, rows }, null, 2)}\n`)
}
