import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fileNameOf } from './file-names'
import { lockFiles } from './lock-files'
import { identityOf, isAlive } from './process-identity'
import { linesOf, runProgram } from './testing/run-program'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-locks-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('is held by one at a time, and told to those who ask', async () => {
  const locks = lockFiles(folder)
  const release = await locks.hold('session:1')
  await expect(locks.hold('session:1')).rejects.toThrow('session:1 is taken')
  expect([...(await locks.held())]).toEqual(['session:1'])
  const other = await locks.hold('session:2')
  release()
  other()
  await expect.poll(async () => (await locks.held()).size).toBe(0)
  ;(await locks.hold('session:1'))()
})

it('is waited for', async () => {
  const locks = lockFiles(folder)
  const release = await locks.hold('a')
  const waiting = locks.hold('a', 60_000)
  release()
  ;(await waiting)()
})

it('is never held by two of many who want it at once', async () => {
  const [one, two] = [lockFiles(folder), lockFiles(folder)]
  let holders = 0
  let most = 0
  const work = async (n: number) => {
    const release = await (n % 2 ? one : two).hold('a', 60_000)
    most = Math.max(most, ++holders)
    await new Promise(resolve => setTimeout(resolve))
    holders--
    release()
  }
  await Promise.all(Array.from({ length: 20 }, (_, n) => work(n)))
  expect(most).toBe(1)
})

it('of a process that is gone is none, and its claim goes', async () => {
  const child = fork('-e', { execArgv: ['-e', 'process.exit()'], stdio: 'ignore' })
  await new Promise(resolve => child.on('exit', resolve))
  const claims = join(folder, fileNameOf('session:1'))
  await mkdir(claims)
  await writeFile(join(claims, `${child.pid}-abc.0-0-0`), '')
  const locks = lockFiles(folder)
  expect((await locks.held()).size).toBe(0)
  ;(await locks.hold('session:1'))()
})

it.runIf(process.platform === 'linux')('of a process whose number another one has by now is none', async () => {
  const claims = join(folder, fileNameOf('session:1'))
  await mkdir(claims)
  await writeFile(join(claims, `${process.ppid}-0000000012.0-0-0`), '')
  ;(await lockFiles(folder).hold('session:1'))()
  expect((await readdir(claims)).some(file => file.startsWith(`${process.ppid}-`))).toBe(false)
})

it.runIf(process.platform === 'linux')(
  'of a process that is over and that its parent did not notice is none',
  async () => {
    // `exec` makes the parent a program that never asks after its children.
    const parent = spawn('sh', ['-c', 'sleep 100 & echo $!; exec sleep 100'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const pid = Number((await once(parent.stdout, 'data')).toString())
    const identity = await identityOf(pid)
    expect(await isAlive(identity!)).toBe(true)
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => isAlive(identity!)).toBe(false)
    expect(process.kill(pid, 0)).toBe(true)
    parent.kill('SIGKILL')
  },
)

it('is held by one process at a time, also where one is killed that holds it', async () => {
  const shown = join(folder, 'shown')
  const start = (times: number) => runProgram('lock-contender', join(folder, 'locks'), shown, `${times}`)
  const killed = start(1e6)
  let turns = 0
  const killing = linesOf(killed, () => ++turns === 20 && killed.kill('SIGKILL'))
  const others = await Promise.all([linesOf(start(100)), linesOf(start(100))])
  const all = [...others, await killing]
  for (const lines of all) expect(lines).not.toContain('both')
  for (const lines of others) expect(lines.at(-1)).toBe('done')
})
