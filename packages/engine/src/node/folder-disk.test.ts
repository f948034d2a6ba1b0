import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diskContract } from '../testing/disk-contract'
import { bytes, diskPicture, emptyWrite, recordOf, smallWrite } from '../testing/disk-steps'
import { FolderDisk } from './folder-disk'
import { lockFiles } from './lock-files'

let folder: string
const open = () => new FolderDisk(join(folder, 'db'), lockFiles(join(folder, 'locks')))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-disk-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a folder of files', () => diskContract(open))

describe('sessions in a folder', () => {
  it('are read as they were at one moment, while somebody else writes', async () => {
    const [writing, reading] = [open(), open()]
    const firstSeqs = Array.from({ length: 10 }, (_, i) => i * 4096)
    const write = (n: number) => {
      const both = { head: bytes(`${n}`), body: bytes('') }
      return writing.write({
        ...smallWrite('S'),
        chunks: firstSeqs.map(firstSeq => ({ firstSeq, ...both })),
        tail: both,
      })
    }
    await write(0)
    let over = false
    const writes = (async () => {
      for (let n = 1; !over; n++) {
        await write(n)
        await new Promise(resolve => setTimeout(resolve, 3))
      }
    })()
    for (let count = 0; count < 20; count++) {
      const { heads, tail } = await reading.read('S')
      expect(heads).toEqual(firstSeqs.map(firstSeq => ({ firstSeq, head: tail?.head })))
    }
    over = true
    await writes
  })

  it('take no more room for being written again', async () => {
    const disk = open()
    for (let n = 0; n < 3; n++) await disk.write(smallWrite('S'))
    expect(await readdir(join(folder, 'db/data/S'))).toHaveLength(4)
  })

  it('lose nothing that counted to files a killed transaction left, and these go', async () => {
    const disk = open()
    await disk.write({
      ...emptyWrite('S'),
      record: recordOf('S'),
      chunks: [{ firstSeq: 0, head: bytes('h'), body: bytes('b') }],
    })
    const before = await diskPicture(disk)
    const place = join(folder, 'db/data/S')
    await writeFile(join(place, 'head-4096.99'), 'half')
    await writeFile(join(place, 'manifest.123.part'), 'half')
    expect(await diskPicture(open())).toEqual(before)
    expect((await readdir(place)).sort()).toEqual(['body-0.2', 'head-0.1', 'manifest'])
  })

  it('are guessed from their files where the manifest cannot be read', async () => {
    const disk = open()
    await disk.write({
      ...emptyWrite('S'),
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
      ...emptyWrite('S'),
      record: recordOf('S'),
      chunks: [{ firstSeq: 0, head: bytes('h'), body: bytes('b') }],
    })
    await rm(join(folder, 'db/data/S/head-0.1'))
    expect((await disk.read('S')).heads).toEqual([{ firstSeq: 0, head: new ArrayBuffer(0) }])
  })

  it('are not touched where the folder is of a newer Playhead, or of somebody else', async () => {
    const disk = open()
    await disk.write({ ...emptyWrite('S'), record: recordOf('S') })
    await writeFile(join(folder, 'db/playhead.json'), '{"format":"playhead/folder","version":2}')
    await expect(open().sessions()).rejects.toThrow('newer Playhead')
    await writeFile(join(folder, 'db/playhead.json'), 'my notes')
    await expect(open().write(emptyWrite('S'))).rejects.toThrow('does not say that this folder')
  })

  it('that were deleted by hand are told, once, and what comes then is stored', async () => {
    const disk = open()
    let told = 0
    disk.onEmptied = () => told++
    await disk.write({ ...emptyWrite('S'), record: recordOf('S') })
    await rm(join(folder, 'db'), { recursive: true })
    await expect(disk.write({ ...emptyWrite('S'), record: recordOf('S') })).rejects.toThrow('were deleted')
    await disk.write({ ...emptyWrite('S'), record: recordOf('S') })
    expect(told).toBe(1)
    expect(await disk.sessions()).toHaveLength(1)
  })

  it('never leave their folder, whatever their key is', async () => {
    const disk = open()
    for (const data of ['../out', '..', '.', '', 'a/b', 'A', 'a', '\ud800', 'CON?*'])
      await disk.write({ ...emptyWrite(data), record: recordOf(data), tail: { head: bytes(data), body: bytes('') } })
    expect(await readdir(folder)).toEqual(['db', 'locks'])
    expect((await disk.sessions()).map(({ data }) => data).sort()).toEqual(
      ['', '.', '..', '../out', 'A', 'CON?*', 'a', 'a/b', '\ud800'].sort(),
    )
  })
})
