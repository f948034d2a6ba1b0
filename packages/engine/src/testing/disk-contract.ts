import { expect, it } from 'vitest'
import { type Disk, MOST_ARTIFACTS } from '../storage/disk'
import { artifactRef, bytes, diskPicture, emptyWrite, randomStep, recordOf, smallWrite } from './disk-steps'
import { MemoryDisk } from './memory-disk'
import { Random } from './random'

/** What every disk does, whatever it is made of. `open` opens the same one again each time within a test; it is empty at first. */
export function diskContract(open: () => Disk): void {
  it.each([1, 2, 3, 4])(
    'holds what the same transactions make of plain maps, also when opened again (seed %i)',
    async seed => {
      const random = new Random(seed)
      const oracle = new MemoryDisk()
      let disk = open()
      for (let step = 0; step < 150; step++) {
        const change = randomStep(random, step, oracle)
        const [is, expected] = [await change(disk), await change(oracle)]
        if (typeof expected === 'boolean') expect(is).toBe(expected)
        if (step % 17 === 0) {
          disk.close()
          disk = open()
        }
        if (step % 5 === 0) expect(await diskPicture(disk)).toEqual(await diskPicture(oracle))
      }
      disk.close()
      disk = open()
      expect(await diskPicture(disk)).toEqual(await diskPicture(oracle))
      disk.close()
    },
  )

  it('is left as it was by a transaction that is refused', async () => {
    const disk = open()
    await disk.write(smallWrite('S'))
    const before = await diskPicture(disk)
    const unclonable = { producer: '', gaps: [(() => {}) as never] }
    const refused = {
      ...smallWrite('S'),
      chunks: [{ firstSeq: 0, head: bytes('new'), body: bytes('new') }],
      tail: null,
    }
    await expect(disk.write({ ...refused, gaps: [{ code: 0, record: unclonable }] })).rejects.toThrow()
    expect(await diskPicture(disk)).toEqual(before)
    disk.close()
  })

  it('makes of transactions that are begun together what the same make one after the other', async () => {
    const disk = open()
    await disk.write(smallWrite('S'))
    const oracle = new MemoryDisk()
    await oracle.write(smallWrite('S'))
    const steps = Array.from({ length: 20 }, (_, n) => (on: Disk) => {
      const firstSeq = (n % 4) * 4096
      if (n % 5 === 2) return on.update('S', info => (info.name += ` ${n}`))
      if (n % 5 === 4) return on.packBody({ id: 'S', data: 'S', firstSeq: 0, body: bytes(`${n}`), rawBytes: 10 })
      if (n % 5 === 3) {
        const record = recordOf('S')
        record.info.name = `${n}`
        return on.write({ ...emptyWrite('S'), record })
      }
      return on.write({ ...emptyWrite('S'), chunks: [{ firstSeq, head: bytes(`h${n}`), body: bytes(`b${n}`) }] })
    })
    await Promise.all(steps.map(step => step(disk)))
    for (const step of steps) await step(oracle)
    expect(await diskPicture(disk)).toEqual(await diskPicture(oracle))
    disk.close()
  })

  it('stores what a change was when it was handed over', async () => {
    const disk = open()
    const change = smallWrite('S')
    const gap = { producer: '01', fromN: 1, toN: 1, count: 1, reason: 'lost' as const, from: 0, to: 0 }
    change.gaps = [{ code: 0, record: { producer: '01', gaps: [gap] } }]
    await disk.sessions()
    const writing = disk.write(change)
    await new Promise(resolve => setTimeout(resolve))
    gap.toN = 99
    change.record!.info.name = 'later'
    await writing
    expect((await disk.session('S'))!.info.name).toBe('')
    expect((await disk.read('S')).gaps).toMatchObject([{ gaps: [{ toN: 1 }] }])
    disk.close()
  })

  it('stores an artifact once, and keeps it as long as a session refers to it', async () => {
    const disk = open()
    for (const id of ['A', 'B']) {
      await disk.write({ ...emptyWrite(id), record: recordOf(id) })
      expect(await disk.putBlob(id, artifactRef(1), bytes('one'))).toBe(true)
    }
    await disk.remove('A')
    expect(await disk.blob(artifactRef(1))).toEqual(bytes('one'))
    await disk.remove('B')
    expect(await disk.blobRefs()).toEqual([])
    disk.close()
  })

  it('bounds the artifacts of one session', async () => {
    const disk = open()
    for (let n = 0; n < MOST_ARTIFACTS; n += 256) {
      const more = Array.from({ length: 256 }, (_, i) => disk.putBlob('A', artifactRef(n + i), bytes(`${n + i}`)))
      expect(await Promise.all(more)).not.toContain(false)
    }
    expect(await disk.putBlob('A', artifactRef(MOST_ARTIFACTS), bytes('too many'))).toBe(false)
    expect(await disk.putBlob('A', artifactRef(0), bytes('0'))).toBe(true)
    disk.close()
  })

  it('lets an import refer to the artifacts that are there, and to those of the session it replaces', async () => {
    const disk = open()
    await disk.write({ ...emptyWrite('S'), record: recordOf('S') })
    await disk.putBlob('S', artifactRef(1), bytes('one'))
    await disk.putBlob('S', artifactRef(2), bytes('two'))
    await disk.beginImport('I')
    await disk.commitImport(recordOf('S', 'I', [1, 3]))
    expect(await disk.blobRefs()).toEqual([artifactRef(1)])
    // The data key of the session that was replaced may be used again.
    await disk.write(smallWrite('S'))
    expect((await disk.read('S')).heads).toHaveLength(1)
    disk.close()
  })

  it('sweeps artifacts whose session never came, not those of one that has', async () => {
    const disk = open()
    await disk.putBlob('stray', artifactRef(1), bytes('one'))
    await disk.putBlob('S', artifactRef(2), bytes('two'))
    expect((await disk.strayBlobs()).sort()).toEqual(['S', 'stray'])
    await disk.write({ ...emptyWrite('S'), record: recordOf('S') })
    await disk.sweepBlobs(['S', 'stray'])
    expect(await disk.blobRefs()).toEqual([artifactRef(2)])
    disk.close()
  })
}
