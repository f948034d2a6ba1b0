import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { fromRoot } from '../../scripts/lib/paths.ts'
import { waitFor } from '../support/wait'

describe('npm start', () => {
  const running = new Set<ChildProcess>()
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL')
    running.clear()
  })

  const start = (args: string[], env: Record<string, string | undefined>) => {
    const child = spawn(process.execPath, ['--import', 'tsx', fromRoot('scripts/start.ts'), '--no-build', ...args], {
      cwd: fromRoot('.'),
      env: { ...process.env, PORT: '0', ...env },
    })
    running.add(child)
    const said = { text: '' }
    child.stdout.on('data', data => (said.text += data))
    child.stderr.on('data', data => (said.text += data))
    const until = (text: string) =>
      waitFor(() => said.text.includes(text), { what: `npm start to say "${text}"`, timeout: 60_000 })
    const interrupt = async () => {
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      const [code] = await ended
      running.delete(child)
      return code
    }
    return { said, until, interrupt }
  }

  it('opens the example with our panel in DevTools, and leaves nothing behind', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'playhead-start-'))
    const { said, until, interrupt } = start(['--headless', '--profile', profile], {})
    await until('The Playhead panel is open in DevTools.')
    const origin = /http:\/\/localhost:\d+/.exec(said.text)?.[0]
    for (const path of ['/payments/', '/grid/', '/panel/standalone.html?app=/payments/']) {
      const response = await fetch(origin + path)
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'text/html;charset=utf-8',
      ])
    }
    expect(await interrupt()).toBe(0)
    await waitFor(() => processesWith(profile).length === 0, { what: 'the browser to be gone' })
    await expect(fetch(`${origin}/payments/`)).rejects.toThrow()
    rmSync(profile, { recursive: true, force: true })
  })

  it.each([
    [{ CHROME_PATH: '/nowhere/chrome' }, 'CHROME_PATH (/nowhere/chrome) is not a program'],
    [{ DISPLAY: undefined, WAYLAND_DISPLAY: undefined }, 'No display here'],
  ])('says in one line where the standalone page is: %j', async (env, reason) => {
    const { said, until, interrupt } = start(['--example', 'grid'], env)
    await until('/panel/standalone.html?app=/grid/\n')
    expect(said.text).toMatch(/^[^\n]+\n$/)
    expect(said.text).toContain(reason)
    expect((await fetch(/http:\S+/.exec(said.text)![0])).status).toBe(200)
    expect(await interrupt()).toBe(0)
  })
})

/** Processes of this machine with that text in their command line. */
function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
      } catch {
        return false
      }
    })
}
