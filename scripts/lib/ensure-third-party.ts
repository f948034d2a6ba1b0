import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fromRoot } from './paths.ts'

const FOLDER = 'test/third-party'

/** Whether the libraries of the tests in test/third-party are installed as its lockfile says. */
export function hasThirdParty(): boolean {
  const installed = fromRoot(`${FOLDER}/node_modules/.package-lock.json`)
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(fromRoot(`${FOLDER}/package-lock.json`)).mtimeMs
  )
}

/**
 * Installs the libraries that the SDK is tested with, where they are missing or older than their lockfile. They are a project of their own
 * so that installing the product stays quick. Throws where npm fails.
 */
export function ensureThirdParty(): void {
  if (hasThirdParty()) return
  console.log('installing the libraries that the SDK is tested with')
  const args = ['ci', '--prefix', fromRoot(FOLDER), '--ignore-scripts', '--no-audit', '--no-fund']
  const { status } = spawnSync('npm', args, { cwd: fromRoot(FOLDER), stdio: 'inherit' })
  if (status !== 0) throw new Error(`npm ci failed in ${FOLDER}`)
}
