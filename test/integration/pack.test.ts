import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transformWithOxc } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSdk } from '../../scripts/lib/build-sdk.ts'
import { fromRoot } from '../../scripts/lib/paths.ts'

const APP = `
import { createRecorder, type RecorderOptions } from '@playhead/sdk'
import { createRecorder as createLean } from '@playhead/sdk/core'
import { mittAdapter } from '@playhead/sdk/mitt'
import { history } from '@playhead/sdk/history'

const options: RecorderOptions = { name: 'outside', level: 'action', enabled: true }
const recorder = createRecorder(options)
recorder.record('checkout:paid', { orderId: 17 }, { level: 'milestone' })
// @ts-expect-error there are five levels, and this is none of them
recorder.record('checkout:refused', {}, { level: 'loud' })
const homemade = { kind: 'history', connect: () => ({}) }
// @ts-expect-error an extension is made by the SDK's functions alone
export const extended: RecorderOptions = { extensions: [homemade] }
// @ts-expect-error and what is in it is not the app's to read
export const inside = () => history().connect

const lean = createLean({ name: 'lean', enabled: true, extensions: [history()] })
console.log(typeof recorder.middleware(), typeof lean.record, typeof mittAdapter)
console.log(recorder.history.getEvents({ type: 'checkout:*' }).map(event => event.type).join())
process.exit(0)
`

/** Modules of a folder of the SDK's sources, without extension. */
const modulesOf = (folder: string) =>
  readdirSync(fromRoot(`packages/sdk/src/${folder}`))
    .filter(name => name.endsWith('.ts') && !name.includes('.test.'))
    .map(name => name.replace('.ts', ''))

/** The tarball of `npm pack`, installed into a project that knows nothing of this repository. */
describe('the packed SDK', () => {
  const project = mkdtempSync(join(tmpdir(), 'playhead-pack-'))
  const installed = join(project, 'node_modules/@playhead/sdk')

  beforeAll(async () => {
    if (!existsSync(fromRoot('packages/sdk/dist/index.js'))) await buildSdk()
    const tarball = run(
      'npm',
      ['pack', '--silent', '--ignore-scripts', '--pack-destination', project],
      fromRoot('packages/sdk'),
    ).trim()
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'outside', type: 'module', private: true }))
    run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', join(project, tarball)], project)
  })
  afterAll(() => rmSync(project, { recursive: true, force: true }))

  it('brings no dependency and no source', () => {
    expect(readdirSync(join(project, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual(['@playhead'])
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    expect([dependencies, peerDependencies]).toEqual([undefined, undefined])
    expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'dist', 'package.json'])
  })

  it('exports every entry, and nothing that is not there', () => {
    const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      exports: Record<string, string | { types: string; default: string }>
    }
    expect(Object.keys(exports).sort()).toEqual(
      ['.', './package.json', ...modulesOf('entries').map(name => `./${name}`)].sort(),
    )
    const files = Object.values(exports).flatMap(target =>
      typeof target === 'string' ? [target] : Object.values(target),
    )
    expect(files.filter(file => !existsSync(join(installed, file)))).toEqual([])
  })

  it('declares the API and nothing of the inside', () => {
    const files = readdirSync(join(installed, 'dist/types'), { recursive: true, encoding: 'utf8' })
    const entries = modulesOf('entries')
    // Adapters, and what those need who write one of their own.
    const adapters = modulesOf('adapters').filter(name => [...entries, 'record-method', 'wrap'].includes(name))
    expect(files.filter(file => file.endsWith('.ts')).sort()).toEqual(
      [
        'sdk/index.d.ts',
        ...entries.map(name => `sdk/entries/${name}.d.ts`),
        ...adapters.map(name => `sdk/adapters/${name}.d.ts`),
        ...modulesOf('api').map(name => `sdk/api/${name}.d.ts`),
        ...['event', 'flags', 'id'].map(name => `shared/model/${name}.d.ts`),
      ].sort(),
    )
  })

  it.each([
    ['bundler', 'ESNext'],
    ['node16', 'Node16'],
  ])('is typed under moduleResolution %s', (moduleResolution, module) => {
    writeFileSync(join(project, 'app.ts'), APP)
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          moduleResolution,
          module,
          target: 'ES2022',
          strict: true,
          noEmit: true,
          types: ['node'],
          typeRoots: [fromRoot('node_modules/@types')],
        },
        files: ['app.ts'],
      }),
    )
    expect(run(process.execPath, [fromRoot('node_modules/typescript/bin/tsc'), '-p', '.'], project)).toBe('')
  })

  it('runs in Node', async () => {
    const { code } = await transformWithOxc(APP, 'app.ts')
    writeFileSync(join(project, 'app.js'), code)
    expect(run(process.execPath, ['app.js'], project)).toBe(
      'function function function\ncheckout:paid,checkout:refused\n',
    )
  })
})

/** Standard output. Throws with everything the program said where it fails. */
function run(program: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}
