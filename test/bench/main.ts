/**
 * npm run bench [-- --json FILE] [--only record,sizes,…]
 * Builds, measures, prints a table beside the budgets, and writes the numbers as JSON where asked. Never fails on a missed budget:
 * machines are noisy; compare ratios of one run.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { build, EVERYTHING } from '../../scripts/lib/build.ts'
import { benchCodecs } from './codecs.ts'
import { benchPipeline } from './pipeline.ts'
import { benchRecord } from './record.ts'
import { type BenchRow, table } from './row.ts'
import { benchSearch } from './search.ts'
import { benchSizes } from './sizes.ts'

const PARTS: Record<string, () => Promise<BenchRow[]>> = {
  record: benchRecord,
  pipeline: benchPipeline,
  search: benchSearch,
  sizes: benchSizes,
  codecs: benchCodecs,
}

const { values } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, 'no-build': { type: 'boolean', default: false } },
})
const parts = values.only?.split(',') ?? Object.keys(PARTS)
if (!values['no-build']) await build(EVERYTHING)
const rows: BenchRow[] = []
for (const part of parts) {
  const run = PARTS[part]
  if (!run) throw new Error(`--only takes ${Object.keys(PARTS).join(', ')}, not "${part}"`)
  rows.push(...(await run()))
}
console.log(`\n${table(rows)}`)
if (values.json) {
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version }
  writeFileSync(values.json, `${JSON.stringify({ date: new Date().toISOString(), machine, rows }, null, 2)}\n`)
}
