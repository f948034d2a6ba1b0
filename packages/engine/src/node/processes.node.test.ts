import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../engine'
import { Random } from '../testing/random'
import { nodeHost } from './host'
import { startEngine } from './testing/recorded-here'
import { linesOf, runProgram } from './testing/run-program'

let folder: string
const engines: Engine[] = []
const children: ChildProcess[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-processes-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const engine of engines.splice(0)) await engine.dispose()
  await rm(folder, { recursive: true, force: true, maxRetries: 10 })
})

/** Starts an engine, and gathers what it tells its user to worry about. */
async function start() {
  const engine = await startEngine(nodeHost(folder))
  engines.push(engine)
  const problems: string[] = []
  await engine.subscribe(notice => {
    if (notice.t === 'problem') problems.push(notice.message)
  })
  return { engine, problems }
}

/** Starts a process that records so many events every so many ms. `acknowledged` is how many events it was told are on the disk. */
function recordElsewhere(events: number, ms: number, heard: (acknowledged: number) => void = () => {}) {
  const child = runProgram('recording-process', folder, `${events}`, `${ms}`)
  children.push(child)
  const it = { child, acknowledged: 0, over: Promise.resolve() }
  const lines = linesOf(child, line => {
    it.acknowledged = Number(line)
    heard(it.acknowledged)
  })
  it.over = lines.then(() => {})
  return it
}

/** Reads every event of a session, as a file of lines has them. */
async function eventsOf(engine: Engine, id: string): Promise<{ payload: { orderId: number; text: string } }[]> {
  const exported = await engine.transfer.export(id, { format: 'jsonl', gzip: false })
  if (!exported.ok) throw new Error(exported.message)
  const lines = (await exported.value.blob.text()).trimEnd().split('\n')
  return lines.map(line => JSON.parse(line)).filter(line => 'payload' in line)
}

describe('a process that is killed', () => {
  it.each([1, 2, 3, 4])('leaves everything it acknowledged as persisted, and nothing broken (seed %i)', async seed => {
    const random = new Random(seed)
    const enough = random.whole(500, 30_000)
    // Within the time from one write of the open chunk to the next, and somewhat beyond it.
    const later = random.whole(0, 300)
    let killing: NodeJS.Timeout | undefined
    const recording = recordElsewhere(500, 0, acknowledged => {
      if (acknowledged < enough || killing) return
      killing = setTimeout(() => recording.child.kill('SIGKILL'), later)
    })
    await recording.over
    const { engine, problems } = await start()
    const [info] = await engine.sessions.list()
    expect(info).toMatchObject({ recovered: true, missing: 0 })
    expect(info!.events).toBeGreaterThanOrEqual(recording.acknowledged)
    const events = await eventsOf(engine, info!.id)
    expect(events.length).toBeGreaterThanOrEqual(recording.acknowledged)
    expect(events.findIndex(({ payload }, i) => payload.orderId !== i + 1 || payload.text.length !== 100)).toBe(-1)
    expect(problems).toEqual([])
  })
})

describe('a session that another process records into', () => {
  it('is looked at as it is at some moment, is not written to, and ends with its process', async () => {
    const recording = recordElsewhere(100, 10)
    await expect.poll(() => recording.acknowledged, { timeout: 30_000 }).toBeGreaterThan(1000)
    const { engine, problems } = await start()
    const [info] = await engine.sessions.list()
    expect(info).toMatchObject({ recovered: false, ended: false })
    const { id } = info!
    let before = 0
    for (let look = 0; look < 5; look++) {
      const acknowledged = recording.acknowledged
      const reader = await start()
      const events = await eventsOf(reader.engine, id)
      expect(events.length).toBeGreaterThanOrEqual(Math.max(before, acknowledged))
      expect(events.findIndex(({ payload }, i) => payload.orderId !== i + 1)).toBe(-1)
      expect(reader.problems).toEqual([])
      before = events.length
    }
    await engine.sessions.remove(id)
    expect((await engine.sessions.list()).map(session => session.id)).toEqual([id])
    expect(problems).toEqual([expect.stringContaining('another panel records into this session')])
    recording.child.kill('SIGKILL')
    await recording.over
    expect(await engine.sessions.list()).toMatchObject([{ id, recovered: true }])
    await engine.sessions.remove(id)
    expect(await engine.sessions.list()).toEqual([])
  })
})
