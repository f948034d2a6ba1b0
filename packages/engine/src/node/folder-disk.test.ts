import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Disk, SessionWrite } from '../storage/disk'
import { MOST_ARTIFACTS } from '../storage/disk'
import { sessionInfo } from '../testing/make-batch'
import { MemoryDisk } from '../testing/memory-disk'
import { Random } from '../testing/random'
import { FolderDisk } from './folder-disk'
import { lockFiles } from './lock-files'

let folder: string
const open = () => new FolderDisk(join(folder, 'db'), lockFiles(join(folder, 'locks')))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-disk-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer
const ref = (n: number) => n.toString(16).padStart(64, '0')
const empty = (data: string): SessionWrite => ({
  ...{ data, chunks: [], heads: [], gaps: [], keyframes: [], removedKeyframes: [] },
})
const recordOf = (id: string, data = id) => ({ info: sessionInfo(id), data, firstSeq: 0 })
const gap = { producer: '01J00000000000000000000001', fromN: 3, toN: 3, count: 1, reason: 'lost' as const }

/** One random transaction, on both disks. */
function randomStep(random: Random, step: number, oracle: MemoryDisk): (disk: Disk) => Promise<unknown> {
  const id = `S${random.whole(0, 3)}`
  // Imports put other data under the same id.
  const data = oracle.catalogue.get(id)?.data ?? id
  const seq = random.whole(0, 6) * 4096
  const text = `${step} ${'x'.repeat(random.whole(0, 200))}`
  const keyframe = {
    ...{
      producer: gap.producer,
      afterN: step,
      take: 0,
      time: Number.NaN,
      state: '\ud800',
      json: text,
      why: 'start' as const,
    },
  }
  const kinds: (() => (disk: Disk) => Promise<unknown>)[] = [
    () => disk =>
      disk.write({
        ...empty(data),
        record: { ...recordOf(id, data), packed: Float64Array.of(seq, 10) },
        chunks: [{ firstSeq: seq, head: bytes(`h${text}`), body: bytes(`b${text}`) }],
        tail: { head: bytes(`t${step}`), body: bytes(text) },
      }),
    () => disk => disk.write({ ...empty(data), heads: [{ firstSeq: seq, head: bytes(`again ${text}`) }], tail: null }),
    () => disk => disk.write({ ...empty(data), evictedBelow: seq }),
    () => disk =>
      disk.write({
        ...empty(data),
        gaps: [{ code: step % 3, record: { producer: gap.producer, gaps: [{ ...gap, from: Number.NaN, to: step }] } }],
        keyframes: [{ number: step, keyframe }],
        removedKeyframes: [step - 2],
      }),
    () => disk => disk.packBody({ id, data, firstSeq: seq, body: bytes('packed'), rawBytes: 100 }),
    () => disk => disk.update(id, info => (info.name = text)),
    () => disk => disk.remove(id),
    () => async disk => {
      const key = `I${step}`
      await disk.beginImport(key)
      if (step % 3 === 0) return
      await disk.write({ ...empty(key), tail: { head: bytes(text), body: bytes('') } })
      if (step % 3 === 1) await disk.abortImport(key)
      else await disk.commitImport(recordOf(id, key))
    },
    () => disk => disk.putBlob(data, ref(step % 4), bytes(`artifact ${step % 4}`)),
    () => async disk => disk.sweepBlobs(await disk.strayBlobs()),
  ]
  return random.pick(kinds)()
}

async function pictureOf(disk: Disk) {
  const records = (await disk.sessions()).sort((a, b) => (a.info.id < b.info.id ? -1 : 1))
  const sessions = []
  for (const record of records) {
    const stored = await disk.read(record.data)
    const bodies = await Promise.all(stored.heads.map(({ firstSeq }) => disk.body(record.data, firstSeq)))
    sessions.push({ record, stored, bodies, again: await disk.session(record.info.id) })
  }
  return { sessions, imports: (await disk.unfinishedImports()).sort() }
}

describe('sessions in a folder', () => {
  it.each([1, 2, 3, 4])(
    'are what the same transactions make of plain maps, also when opened again (seed %i)',
    async seed => {
      const random = new Random(seed)
      const oracle = new MemoryDisk()
      let disk = open()
      for (let step = 0; step < 120; step++) {
        const change = randomStep(random, step, oracle)
        const [is, expected] = [await change(disk), await change(oracle)]
        if (typeof expected === 'boolean') expect(is).toBe(expected)
        if (step % 17 === 0) disk = open()
        if (step % 5 === 0) expect(await pictureOf(disk)).toEqual(await pictureOf(oracle))
      }
      expect(await pictureOf(open())).toEqual(await pictureOf(oracle))
    },
  )

  it('are left as they were by a transaction that is refused', async () => {
    const disk = open()
    await disk.write({ ...empty('S'), record: recordOf('S'), tail: { head: bytes('a'), body: bytes('b') } })
    const before = await pictureOf(disk)
    const unclonable = { ...empty('S'), tail: { head: bytes('new'), body: (() => {}) as never } }
    await expect(disk.write(unclonable)).rejects.toThrow()
    expect(await pictureOf(disk)).toEqual(before)
  })

  it('lose nothing that counted to files a killed transaction left, and these go', async () => {
    const disk = open()
    await disk.write({
      ...empty('S'),
      record: recordOf('S'),
      chunks: [{ firstSeq: 0, head: bytes('h'), body: bytes('b') }],
    })
    const before = await pictureOf(disk)
    const place = join(folder, 'db/data/S')
    await writeFile(join(place, 'head-4096.99'), 'half')
    await writeFile(join(place, 'manifest.123.part'), 'half')
    expect(await pictureOf(open())).toEqual(before)
    expect((await readdir(place)).sort()).toEqual(['body-0.2', 'head-0.1', 'manifest'])
  })

  it('are guessed from their files where the manifest cannot be read', async () => {
    const disk = open()
    await disk.write({
      ...empty('S'),
      record: recordOf('S'),
      chunks: [{ firstSeq: 0, head: bytes('h'), body: bytes('b') }],
    })
    await writeFile(join(folder, 'db/data/S/manifest'), 'nothing of ours')
    const [record] = await open().sessions()
    expect(record).toMatchObject({ data: 'S', repaired: true, info: { id: 'S' } })
    expect((await open().read('S')).heads).toMatchObject([{ firstSeq: 0 }])
    expect(await open().body('S', 0)).toEqual(bytes('b'))
  })

  it('have a head that nobody can read where its file is gone', async () => {
    const disk = open()
    await disk.write({
      ...empty('S'),
      record: recordOf('S'),
      chunks: [{ firstSeq: 0, head: bytes('h'), body: bytes('b') }],
    })
    await rm(join(folder, 'db/data/S/head-0.1'))
    expect((await disk.read('S')).heads).toEqual([{ firstSeq: 0, head: new ArrayBuffer(0) }])
  })

  it('are not touched where the folder is of a newer Playhead, or of somebody else', async () => {
    const disk = open()
    await disk.write({ ...empty('S'), record: recordOf('S') })
    await writeFile(join(folder, 'db/playhead.json'), '{"format":"playhead/folder","version":2}')
    await expect(open().sessions()).rejects.toThrow('newer Playhead')
    await writeFile(join(folder, 'db/playhead.json'), 'my notes')
    await expect(open().write(empty('S'))).rejects.toThrow('does not say that this folder')
  })

  it('that were deleted by hand are told, once, and what comes then is stored', async () => {
    const disk = open()
    let told = 0
    disk.onEmptied = () => told++
    await disk.write({ ...empty('S'), record: recordOf('S') })
    await rm(join(folder, 'db'), { recursive: true })
    await expect(disk.write({ ...empty('S'), record: recordOf('S') })).rejects.toThrow('were deleted')
    await disk.write({ ...empty('S'), record: recordOf('S') })
    expect(told).toBe(1)
    expect(await disk.sessions()).toHaveLength(1)
  })

  it('never leave their folder, whatever their key is', async () => {
    const disk = open()
    for (const data of ['../out', '..', '.', '', 'a/b', 'A', 'a', '\ud800', 'CON?*'])
      await disk.write({ ...empty(data), record: recordOf(data), tail: { head: bytes(data), body: bytes('') } })
    expect(await readdir(folder)).toEqual(['db', 'locks'])
    expect((await disk.sessions()).map(({ data }) => data).sort()).toEqual(
      ['', '.', '..', '../out', 'A', 'CON?*', 'a', 'a/b', '\ud800'].sort(),
    )
  })
})

describe('artifacts in a folder', () => {
  it('are stored once, and stay as long as somebody refers to them', async () => {
    const disk = open()
    for (const id of ['A', 'B']) await disk.write({ ...empty(id), record: recordOf(id) })
    expect(await disk.putBlob('A', ref(1), bytes('one'))).toBe(true)
    expect(await disk.putBlob('B', ref(1), bytes('one'))).toBe(true)
    await disk.remove('A')
    expect(await disk.blob(ref(1))).toEqual(bytes('one'))
    await disk.remove('B')
    expect(await disk.blobRefs()).toEqual([])
  })

  it('of one session are bounded', async () => {
    const disk = open()
    for (let n = 0; n < MOST_ARTIFACTS; n += 256) {
      const more = Array.from({ length: 256 }, (_, i) => disk.putBlob('A', ref(n + i), bytes(`${n + i}`)))
      expect(await Promise.all(more)).not.toContain(false)
    }
    expect(await disk.putBlob('A', ref(MOST_ARTIFACTS), bytes('too many'))).toBe(false)
    expect(await disk.putBlob('A', ref(0), bytes('0'))).toBe(true)
  })

  it('whose session never came are swept, not those of one that has', async () => {
    const disk = open()
    await disk.putBlob('stray', ref(1), bytes('one'))
    await disk.putBlob('S', ref(2), bytes('two'))
    expect((await disk.strayBlobs()).sort()).toEqual(['S', 'stray'])
    await disk.write({ ...empty('S'), record: recordOf('S') })
    await disk.sweepBlobs(['S', 'stray'])
    expect(await disk.blobRefs()).toEqual([ref(2)])
  })
})
