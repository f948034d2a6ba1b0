import { spawnSync } from 'node:child_process'
import { findChromium, findFirefox } from './find-browser.ts'

/**
 * Installs the browsers that the tests drive, if they are missing and this is Debian as root. Otherwise throws and says what is missing.
 */
export function ensureBrowsers({ firefox }: { firefox: boolean }): void {
  const missing = missingPackages(firefox)
  if (missing.length === 0) return
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !apt('--version'))
    throw new Error(
      `the tests need ${missing.join(' and ')}: install them, or name them by CHROME_PATH and FIREFOX_PATH`,
    )
  console.log(`installing ${missing.join(' and ')}`)
  apt('update', '-qq')
  apt('install', '-y', '-qq', '--no-install-recommends', ...missing)
  const still = missingPackages(firefox)
  if (still.length > 0) throw new Error(`apt-get could not install ${still.join(' and ')}`)
}

function missingPackages(firefox: boolean): string[] {
  return [...(findChromium() ? [] : ['chromium']), ...(!firefox || findFirefox() ? [] : ['firefox-esr'])]
}

function apt(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const stdio = args[0] === '--version' ? 'ignore' : 'inherit'
  return spawnSync('apt-get', args, { stdio, env }).status === 0
}
