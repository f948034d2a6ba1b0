import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Target } from './manifest.ts'
import { manifestProblems } from './manifest-rules.ts'

/** The message of the error that webextension-polyfill throws outside of an extension: text by which its code is found. */
const POLYFILL = 'should only be loaded in a browser extension'

/** Checks a built extension. Returns a line for every rule that it breaks. */
export function problemsOf(folder: string, target: Target): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, unknown>
  return [
    ...manifestProblems(manifest, target),
    ...bridgeProblems(join(folder, 'bridge.js')),
    ...codeProblems(folder),
    ...pageProblems(folder),
  ]
}

/** The bridge is injected into every page, so it must be one file without the polyfill. */
function bridgeProblems(path: string): string[] {
  if (!existsSync(path)) return ['bridge.js is missing']
  const text = readFileSync(path, 'utf8')
  const problems: string[] = []
  if (/\bimport\s*[({'"]|\bexport\s*\{/.test(text)) problems.push('bridge.js is not one self-contained file')
  if (text.includes(POLYFILL)) problems.push('bridge.js has the polyfill')
  return problems
}

/**
 * Patterns of what no code of an extension page may do, and how it is called. The polyfill's own `on…External` is allowed: it does not
 * listen.
 */
const CODE: [RegExp, string][] = [
  [/(^|[^.\w$])eval\(|\bnew Function\(/, 'evaluates text'],
  [/\.on(Message|Connect|UserScriptMessage)External\b/, 'listens to other extensions and pages'],
  [
    /(^|[^.\w$]|\b(window|self|globalThis)\.)fetch\(|\b(sendBeacon|importScripts)\(|\bnew (XMLHttpRequest|WebSocket|EventSource|WebTransport)\b/,
    'reaches the network',
  ],
]

function codeProblems(folder: string): string[] {
  return scripts(folder).flatMap(name => {
    const text = readFileSync(join(folder, name), 'utf8')
    return CODE.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${name} ${what}`)
  })
}

/** Scripts and styles of pages must come from files of the extension, and no attribute may be a handler. */
function pageProblems(folder: string): string[] {
  return files(folder, '.html').flatMap(name => {
    const text = readFileSync(join(folder, name), 'utf8')
    const problems: string[] = []
    if (/<script(?![^>]*\bsrc=)[^>]*>/i.test(text)) problems.push(`${name} has a script inside`)
    if (/\b(src|href)=["']?(https?:|\/\/|javascript:|data:)/i.test(text)) problems.push(`${name} loads from elsewhere`)
    if (/<[^>]*\son\w+\s*=/i.test(text)) problems.push(`${name} has a handler inside`)
    return problems
  })
}

/** Checks the standalone page, which runs outside of any extension: nothing in it may expect the extension API. */
export function standaloneProblems(folder: string): string[] {
  return scripts(folder)
    .filter(name => readFileSync(join(folder, name), 'utf8').includes(POLYFILL))
    .map(name => `${name} has the polyfill`)
}

function scripts(folder: string): string[] {
  return files(folder, '.js')
}

function files(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith(ending))
}
