import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fromRoot } from './paths.ts'

/**
 * The modules whose declarations are the SDK's API, as paths under the emitted folder. Everything else is the recorder's inside: a type
 * that leads there would be published, and a change of it would break the apps that use it.
 */
const PUBLIC = [
  /^sdk\/src\/index\.d\.ts$/,
  /^sdk\/src\/(api|entries|adapters)\//,
  /^shared\/src\/model\/(event|flags|id)\.d\.ts$/,
]

const SPECIFIER = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"]+)\2/g

/**
 * Writes to `folder` the declarations that the SDK's entries (paths under packages/sdk/src, without extension) reach, the
 * shared ones included. Every import becomes relative and ends in `.js`, so that they work under `bundler` and `node16`.
 * Throws where one reaches a package, because that would be a dependency of whoever installs the SDK, and where one reaches a module that
 * is not part of the API.
 */
export function writeDeclarations(entries: string[], folder: string): void {
  mkdirSync(fromRoot('.cache'), { recursive: true })
  const emitted = mkdtempSync(fromRoot('.cache/declarations-'))
  try {
    emit(emitted)
    const seen = new Set<string>()
    const queue = entries.map(entry => `sdk/src/${entry}.d.ts`)
    for (let file = queue.pop(); file; file = queue.pop()) {
      if (seen.has(file)) continue
      seen.add(file)
      const here = file
      const text = readFileSync(join(emitted, here), 'utf8').replace(SPECIFIER, (_, before, quote, specifier) => {
        const target = resolve(emitted, here, specifier)
        queue.push(target)
        return `${before}${quote}${between(placed(here), placed(target))}${quote}`
      })
      const out = join(folder, placed(here))
      mkdirSync(dirname(out), { recursive: true })
      writeFileSync(out, text)
    }
  } finally {
    rmSync(emitted, { recursive: true, force: true })
  }
}

/** Lets tsc write the declarations of the SDK and of what it imports. */
function emit(folder: string): void {
  const tsc = fromRoot('node_modules/typescript/bin/tsc')
  const flags = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', fromRoot('packages')]
  try {
    execFileSync(process.execPath, [tsc, '-p', fromRoot('packages/sdk'), ...flags, '--outDir', folder])
  } catch (error) {
    const said = (error as { stdout?: Buffer }).stdout?.toString() ?? String(error)
    throw new Error(`the SDK's declarations cannot be written:\n${said}`)
  }
}

/** Where a declaration is published: `sdk/src/a/b.d.ts` goes to `sdk/a/b.d.ts`. */
const placed = (file: string) => file.replace(/^(\w+)\/src\//, '$1/')

/** Tells whether a declaration is part of the API. `file` is its path under the emitted folder, as `sdk/src/a/b.d.ts`. */
export function isPublic(file: string): boolean {
  return PUBLIC.some(pattern => pattern.test(file))
}

/** Returns the path under `emitted` of the declaration that `specifier` in `file` names. Throws where that is not part of the API. */
function resolve(emitted: string, file: string, specifier: string): string {
  const shared = /^@playhead\/shared\/(.+)$/.exec(specifier)
  const base = shared
    ? `shared/src/${shared[1]}`
    : specifier.startsWith('.')
      ? posix.join(posix.dirname(file), specifier)
      : undefined
  const found = base && [`${base}.d.ts`, `${base}/index.d.ts`].find(path => existsSync(join(emitted, path)))
  if (!found || !isPublic(found)) {
    throw new Error(`packages/${file.replace('.d.ts', '.ts')} has "${specifier}" in its public types`)
  }
  return found
}

/** The specifier by which one declaration imports another. */
function between(from: string, to: string): string {
  const path = relative(dirname(from), to)
    .split(sep)
    .join('/')
    .replace(/\.d\.ts$/, '.js')
  return path.startsWith('.') ? path : `./${path}`
}
