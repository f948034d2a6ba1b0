import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { localLocks } from '../storage/local-locks'
import { type DiskStep, diskPicture, randomStep, recordOf, smallWrite } from '../testing/disk-steps'
import { MemoryDisk } from '../testing/memory-disk'
import { Random } from '../testing/random'
import { FolderDisk } from './folder-disk'

/**
 * Stands between the disk and the file system. `left` changes of files go through. The next one is cut in the middle: half of a file is
 * written. After it nothing works any more where `kills` says that the process is gone, and everything where it was only refused.
 */
const files = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY, kills: false, cut: false }))

vi.mock('node:fs/promises', async original => {
  const real = await original<typeof import('node:fs/promises')>()
  const refusal = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  /** True: the change goes through. False: it is the one that is cut. */
  const goesThrough = () => {
    if (files.cut && files.kills) throw refusal()
    if (files.cut || files.left-- > 0) return true
    files.cut = true
    return false
  }
  const guarded = <Args extends unknown[], T>(work: (...args: Args) => Promise<T>) => {
    return async (...args: Args): Promise<T> => {
      if (goesThrough()) return work(...args)
      throw refusal()
    }
  }
  const removing = <Args extends unknown[]>(work: (...args: Args) => Promise<void>) => {
    const killable = guarded(work)
    return (...args: Args) => (files.kills ? killable(...args) : work(...args))
  }
  return {
    ...real,
    mkdir: guarded(real.mkdir as (...args: unknown[]) => Promise<unknown>),
    rename: guarded(real.rename),
    // A disk that is full still removes.
    rm: removing(real.rm),
    rmdir: removing(real.rmdir),
    async writeFile(path: string, bytes: Uint8Array) {
      if (goesThrough()) return real.writeFile(path, bytes)
      await real.writeFile(path, bytes.subarray(0, bytes.length >> 1))
      throw refusal()
    },
  }
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-killed-'))
  letAllThrough()
})
afterEach(() => {
  letAllThrough()
  return rm(folder, { recursive: true, force: true })
})

function letAllThrough(): void {
  Object.assign(files, { left: Number.POSITIVE_INFINITY, kills: false, cut: false })
}

/** The disk as a new process finds it: no lock is held. */
const open = (name: string) => new FolderDisk(join(folder, name), localLocks())

/** Cuts a step at its first change of a file, at its second, and so on, each time from the same state. Returns how many there were. */
async function cutEverywhere(
  step: DiskStep,
  kills: boolean,
  judge: (disk: FolderDisk, worked: boolean) => Promise<void>,
): Promise<number> {
  for (let at = 0; ; at++) {
    await rm(join(folder, 'copy'), { recursive: true, force: true })
    await cp(join(folder, 'db'), join(folder, 'copy'), { recursive: true })
    const disk = open('copy')
    await disk.sessions()
    const before = await filesIn('copy')
    Object.assign(files, { left: at, kills, cut: false })
    const worked = await step(disk).then(
      () => true,
      () => false,
    )
    const wasCut = files.cut
    letAllThrough()
    if (!kills && !worked) expect(await filesIn('copy')).toEqual(before)
    await judge(kills ? open('copy') : disk, worked)
    if (!wasCut) return at
  }
}

describe('a folder of files', () => {
  it.each([
    ...[1, 2, 3].map(seed => [seed, true, 'whose process is killed'] as const),
    ...[4, 5, 6].map(seed => [seed, false, 'that refuses'] as const),
  ])('has all of a transaction or nothing (seed %i, %j: %s)', async (seed, kills) => {
    const random = new Random(seed)
    const oracle = new MemoryDisk()
    let cuts = 0
    for (let number = 0; number < 36; number++) {
      const step = randomStep(random, number, oracle)
      const before = await diskPicture(oracle)
      const change = number >= 20
      if (!change) await step(open('db'))
      await step(oracle)
      if (!change) continue
      const after = await diskPicture(oracle)
      cuts += await cutEverywhere(step, kills, async (disk, worked) => {
        const is = await diskPicture(disk)
        if (worked) expect(is).toEqual(after)
        else if (!kills) expect(is).toEqual(before)
        else expect([before, after]).toContainEqual(is)
        // What was left over is gone now, or goes when the folder is opened the next time.
        const again = open('copy')
        expect(await diskPicture(again)).toEqual(is)
        expect(await strayFiles(join(folder, 'copy'), again)).toEqual([])
        // The same transaction works when it is tried again.
        if (!worked && !kills) {
          await step(disk)
          expect(await diskPicture(disk)).toEqual(after)
        }
      })
      await step(open('db'))
    }
    expect(cuts).toBeGreaterThan(20)
  })
})

describe('an import that is killed', () => {
  it('at any moment leaves one session, and nothing when that is deleted', async () => {
    const disk = open('db')
    await disk.write(smallWrite('S'))
    await disk.beginImport('I')
    const commit: DiskStep = on => on.commitImport(recordOf('S', 'I'))
    const cuts = await cutEverywhere(commit, true, async again => {
      expect((await again.sessions()).map(({ info }) => info.id)).toEqual(['S'])
      for (const data of await again.unfinishedImports()) await again.abortImport(data)
      await again.remove('S')
      expect(await again.sessions()).toEqual([])
      expect(await filesIn('copy')).toEqual(['playhead.json'])
    })
    expect(cuts).toBeGreaterThan(5)
  })
})

/** Names of all files of a folder. */
async function filesIn(name: string): Promise<string[]> {
  const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true })
  return entries.flatMap(entry => (entry.isFile() ? [entry.name] : [])).sort()
}

/** Files and folders that are not part of what the disk says it holds. */
async function strayFiles(place: string, disk: FolderDisk): Promise<string[]> {
  const { sessions, artifacts } = await diskPicture(disk)
  let expected = 1 + artifacts.length
  for (const { stored, bodies } of sessions) {
    const { heads, keyframes, tail } = stored
    expected += 1 + heads.length + bodies.filter(Boolean).length + keyframes.length + (tail ? 1 : 0)
  }
  const all = (await readdir(place, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
  const odd = all.map(({ name }) => name).filter(name => /\.part|^\.gone/.test(name))
  // There may be more: sessions without a record are in no list.
  return all.length < expected ? ['some are missing', ...odd] : odd
}
