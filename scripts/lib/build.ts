import { build as viteBuild } from 'vite'
import { buildSdk } from './build-sdk.ts'
import { problemsOf, standaloneProblems } from './check-dist.ts'
import type { Target } from './manifest.ts'
import { fromRoot } from './paths.ts'

const dist = (name: string) => fromRoot(`packages/extension/dist/${name}`)

const bundle = (mode: string) => viteBuild({ configFile: fromRoot('vite.config.ts'), mode, logLevel: 'warn' })

async function buildExtension(target: Target): Promise<void> {
  await bundle(target)
  process.env.OUT = target
  await bundle('bridge')
  refuse(target, problemsOf(dist(target), target))
}

async function buildStandalone(): Promise<void> {
  await bundle('standalone')
  refuse('standalone', standaloneProblems(dist('standalone')))
}

function refuse(name: string, problems: string[]): void {
  if (problems.length > 0) throw new Error(`packages/extension/dist/${name}:\n  ${problems.join('\n  ')}`)
}

const example = (name: string) => () => viteBuild({ root: fromRoot(`examples/${name}`), logLevel: 'warn' })

/** What can be built, by name. */
const BUILDERS: Record<string, () => Promise<unknown>> = {
  sdk: buildSdk,
  chromium: () => buildExtension('chromium'),
  standalone: buildStandalone,
  payments: example('payments'),
  grid: example('grid'),
  firefox: () => buildExtension('firefox'),
}

/** Builds what is named, in that order. Rejects at the first that fails. */
export async function build(names: string[]): Promise<void> {
  // Vitest sets NODE_ENV to `test`. What is built must be what is shipped, whoever asks for it.
  process.env.NODE_ENV = 'production'
  for (const name of names) {
    const run = BUILDERS[name]
    if (!run) throw new Error(`nothing to build is called "${name}": ${Object.keys(BUILDERS).join(', ')}`)
    const start = performance.now()
    await run()
    console.log(`built ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
}

/** What `npm run build` builds. Firefox is built by itself. */
export const EVERYTHING = ['sdk', 'chromium', 'standalone', 'payments', 'grid']
