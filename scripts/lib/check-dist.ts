import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Target } from './manifest.ts'

type Manifest = Record<string, unknown>

const FORBIDDEN = ['web_accessible_resources', 'content_scripts', 'externally_connectable']

/** What webextension-polyfill throws outside an extension. */
const POLYFILL = 'should only be loaded in a browser extension'

/** What is wrong with a built extension: every line names one broken rule. */
export function problemsOf(folder: string, target: Target): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
  const problems = FORBIDDEN.filter(key => key in manifest).map(key => `manifest.json has ${key}`)
  const hosts = [manifest.host_permissions]
    .flat()
    .filter(host => !/^http:\/\/(localhost|127\.0\.0\.1)\/\*$/.test(String(host)))
  if (hosts.length > 0) problems.push(`manifest.json asks at install for ${hosts.join(', ')}`)
  if (target === 'chromium' && 'background' in manifest) problems.push('manifest.json has a background in Chromium')
  return [...problems, ...bridgeProblems(join(folder, 'bridge.js')), ...codeProblems(folder)]
}

/** The bridge goes into every page: it stands alone and carries no polyfill. */
function bridgeProblems(path: string): string[] {
  if (!existsSync(path)) return ['bridge.js is missing']
  const text = readFileSync(path, 'utf8')
  const problems: string[] = []
  if (/\bimport\s*[({'"]|\bexport\s*\{/.test(text)) problems.push('bridge.js is not one self-contained file')
  if (text.includes(POLYFILL)) problems.push('bridge.js has the polyfill')
  return problems
}

function codeProblems(folder: string): string[] {
  return scripts(folder)
    .filter(name => /(^|[^.\w$])eval\(|\bnew Function\(/.test(readFileSync(join(folder, name), 'utf8')))
    .map(name => `${name} evaluates text`)
}

/** A standalone page runs beside any page: nothing in it may expect the extension API. */
export function standaloneProblems(folder: string): string[] {
  return scripts(folder)
    .filter(name => readFileSync(join(folder, name), 'utf8').includes(POLYFILL))
    .map(name => `${name} has the polyfill`)
}

function scripts(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.js'))
}
