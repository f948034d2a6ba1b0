/**
 * npm run build            the SDK, the extension for Chromium, the standalone page, the examples
 * npm run build:firefox    the extension for Firefox
 * npm run build -- sdk …   only what is named: sdk, chromium, standalone, payments, grid, firefox
 */
import { build, EVERYTHING } from './lib/build.ts'

const named = process.argv.slice(2)
try {
  await build(named.length > 0 ? named : EVERYTHING)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
