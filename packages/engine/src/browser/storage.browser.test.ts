import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryChunk } from '../log/chunk'
import { SessionLog } from '../log/session-log'
import type { Disk, SessionWrite } from '../storage/disk'
import { openImporter, sweepImports } from '../storage/import-writer'
import { loadSession } from '../storage/load-session'
import { SessionWriter } from '../storage/writer'
import { pictureOf } from '../testing/log-picture'
import { makeBatch, producerInfo, sessionInfo, testProducer } from '../testing/make-batch'
import { Random } from '../testing/random'
import { RandomLife } from '../testing/random-life'
import { IdbDisk } from './idb-disk'
import { webLocks } from './web-locks'

const LIMITS = { maxEvents: 1e6, textBudget: 1 << 20 }
const ID = 'SESSION'
let name = ''
let disk: IdbDisk
let problems: string[] = []

beforeEach(() => {
  name = `test-${Math.random()}`
  disk = new IdbDisk(name)
  problems = []
})
afterEach(() => {
  disk.close()
  indexedDB.deleteDatabase(name)
})

function liveLog(maxEvents = LIMITS.maxEvents, id = ID) {
  const log = new SessionLog(sessionInfo(id), { ...LIMITS, maxEvents })
  const logs = [0, -20, 5000].map(
    (offset, i) => log.addProducer(producerInfo(testProducer(i), { offset, base: i * 3 }))!,
  )
  return { log, logs }
}

function writerOf(log: SessionLog, to: Disk = disk) {
  let saves = 0
  const troubles: string[] = []
  const writer = new SessionWriter(to, log, log.session.id, {
    listed: true,
    saved: () => saves++,
    trouble: message => troubles.push(message),
  })
  return { writer, troubles, saves: () => saves }
}

async function reopen(id = ID, from: Disk = disk) {
  const record = await from.session(id)
  return loadSession(from, record!, LIMITS, message => problems.push(message))
}

/** Three chunks and an open one, 100 events in it, all of one producer. */
async function fourChunks() {
  const { log, logs } = liveLog()
  for (let i = 0; i < 97; i++) {
    const count = i === 96 ? 100 : 128
    log.append(makeBatch({ producer: testProducer(0), firstN: 1 + i * 128, count, bytes: 40 }), logs[0]!)
  }
  const { writer } = writerOf(log)
  await writer.flush()
  await writer.stop()
  return log
}

async function damage(
  store: 'heads' | 'bodies',
  firstSeq: number,
  change: (buffer: ArrayBuffer) => ArrayBuffer | undefined,
) {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  await new Promise<void>((resolve, reject) => {
    const tx = db.transaction(store, 'readwrite')
    const request = tx.objectStore(store).get([ID, firstSeq])
    request.onsuccess = () => {
      const next = change(request.result as ArrayBuffer)
      if (next) tx.objectStore(store).put(next, [ID, firstSeq])
      else tx.objectStore(store).delete([ID, firstSeq])
    }
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error)
  })
  db.close()
}

function flip(buffer: ArrayBuffer): ArrayBuffer {
  new Uint8Array(buffer)[buffer.byteLength >> 1]! ^= 4
  return buffer
}

describe('a stored session', () => {
  it.each([11, 12, 13, 14])('opens as it was, whatever happened before (seed %i)', async seed => {
    const random = new Random(seed)
    const { log, logs } = liveLog(random.pick([3000, 20_000]))
    const life = new RandomLife(log, logs, random)
    const { writer, troubles } = writerOf(log)
    log.textSource = async chunk => (await reopen()).log.loadText(chunk)
    for (let step = 0; step < 120; step++) {
      life.step()
      writer.touch()
      if (random.chance(0.15)) await writer.flush()
    }
    await writer.flush()
    expect(troubles).toEqual([])
    expect(writer.persistedSeq).toBe(log.endSeq)
    const { log: again, bytes, damage: damaged } = await reopen()
    expect(damaged).toEqual([])
    expect(await pictureOf(again)).toEqual(await pictureOf(log))
    expect(bytes).toBeGreaterThan(0)
    for (const [code, producer] of again.logs.entries()) {
      expect(producer.covered - producer.info.base).toBe(producer.stored + producer.gaps.count)
      expect(producer.known.ranges).toEqual(logs[code]!.known.ranges)
    }
    await writer.stop()
  })

  it('goes on where it was: what is appended after reopening is there with the rest', async () => {
    const { log, logs } = liveLog()
    const life = new RandomLife(log, logs, new Random(5))
    for (let step = 0; step < 40; step++) life.step()
    const first = writerOf(log)
    await first.writer.flush()
    await first.writer.stop()
    const { log: again, bytes, tailBytes } = await reopen()
    const second = new SessionWriter(
      disk,
      again,
      ID,
      { listed: true, saved: () => {}, trouble: () => {} },
      { bytes, tailBytes },
    )
    const more = new RandomLife(again, again.logs, new Random(6))
    for (let step = 0; step < 40; step++) more.step()
    await second.flush()
    const third = await reopen()
    expect(await pictureOf(third.log)).toEqual(await pictureOf(again))
    expect(third.log.stored).toBeGreaterThan(log.stored)
    await second.stop()
  })

  it('has its open chunk although nobody closed it', async () => {
    const { log, logs } = liveLog()
    const { writer } = writerOf(log)
    log.append(makeBatch({ producer: testProducer(0), firstN: 1, count: 300 }), logs[0]!)
    writer.touch()
    await expect.poll(() => writer.persistedSeq).toBe(300)
    expect((await reopen()).log.stored).toBe(300)
    await writer.stop()
  })

  it('does not read text to open, and finds it later', async () => {
    await fourChunks()
    const asked: number[] = []
    const spy = new Proxy(disk, {
      get: (target, key) =>
        key === 'body'
          ? (data: string, firstSeq: number) => {
              asked.push(firstSeq)
              return target.body(data, firstSeq)
            }
          : Reflect.get(target, key).bind(target),
    })
    const { log } = await reopen(ID, spy)
    expect(asked).toEqual([])
    expect(log.chunks.map(chunk => chunk.text !== undefined)).toEqual([false, false, false, true])
    const text = await log.loadText(log.chunks[1]!)
    expect(new TextDecoder().decode(text!.subarray(0, 9))).toBe('{"n":4097')
    await log.loadText(log.chunks[1]!)
    expect(asked).toEqual([4096])
  })
})

describe('damage', () => {
  const gap = { fromN: 4097, toN: 8192, reason: 'corrupt', count: 4096 }

  it.each([
    ['a flipped bit in a head', (buffer: ArrayBuffer) => flip(buffer)],
    ['a head that is not there', () => undefined],
    ['a head that is cut', (buffer: ArrayBuffer) => buffer.slice(0, 1000)],
  ])('%s costs that chunk and nothing else', async (_, change) => {
    await fourChunks()
    await damage('heads', 4096, change)
    const { log, damage: damaged } = await reopen()
    expect(damaged).toHaveLength(1)
    expect(log.gaps).toMatchObject([gap])
    expect(log.stored).toBe(2 * 4096 + 100)
    expect(log.endSeq).toBe(3 * 4096 + 100)
    expect(log.seqOf(0, 4096)).toBe(4095)
    expect(log.seqOf(0, 4097)).toBe(-1)
    expect(log.seqOf(0, 8193)).toBe(8192)
    expect(log.chunks.map(chunk => chunk.count - chunk.firstRow)).toEqual([4096, 0, 4096, 100])
    const picture = await pictureOf(log)
    expect(picture.rows).toHaveLength(2 * 4096 + 100)
    expect(picture.rows.every(row => row.found && row.payload?.startsWith(`{"n":${row.n}`))).toBe(true)
  })

  it('of the newest sealed chunk is found too, and recording goes on', async () => {
    await fourChunks()
    await damage('heads', 8192, flip)
    const { log, bytes, tailBytes } = await reopen()
    expect(log.gaps).toMatchObject([{ fromN: 8193, toN: 12_288, reason: 'corrupt' }])
    log.append(makeBatch({ producer: testProducer(0), firstN: 12_389, count: 10 }), log.logs[0]!)
    const writer = new SessionWriter(
      disk,
      log,
      ID,
      { listed: true, saved: () => {}, trouble: () => {} },
      { bytes, tailBytes },
    )
    await writer.flush()
    await writer.stop()
    const again = (await reopen()).log
    expect(await pictureOf(again)).toEqual(await pictureOf(log))
  })

  it('of a body costs the payloads, the events stay', async () => {
    await fourChunks()
    await damage('bodies', 4096, flip)
    const { log, damage: damaged } = await reopen()
    expect(damaged).toEqual([])
    const { rows } = await pictureOf(log)
    expect(rows).toHaveLength(3 * 4096 + 100)
    expect(rows.filter(row => row.payload === undefined)).toHaveLength(4096)
    expect(problems).toEqual([expect.stringContaining('The payloads of 4096 events could not be read')])
  })

  it('of the open chunk is a gap at the end', async () => {
    await fourChunks()
    const record = await disk.read(ID)
    flip(record.tail!.body)
    await disk.write({ ...emptyWrite(), tail: record.tail! })
    const { log } = await reopen()
    expect(log.gaps).toMatchObject([{ fromN: 12_289, toN: 12_388, reason: 'corrupt' }])
    expect(log.stored).toBe(3 * 4096)
  })
})

describe('a disk that says no', () => {
  it('loses nothing: what it refused is written when it works again', async () => {
    const { log, logs } = liveLog()
    let refusals = 2
    const failing: Disk = Object.assign(Object.create(disk), {
      write(change: SessionWrite) {
        if (refusals-- > 0) return Promise.reject(new DOMException('full', 'QuotaExceededError'))
        return disk.write(change)
      },
    })
    const { writer, troubles, saves } = writerOf(log, failing)
    log.append(makeBatch({ producer: testProducer(0), firstN: 1, count: 3000 }), logs[0]!)
    await writer.flush()
    expect(troubles).toEqual(['the disk is full (quota exceeded)'])
    expect(writer.persistedSeq).toBe(0)
    expect(logs[0]!.persisted).toBe(0)
    log.append(makeBatch({ producer: testProducer(0), firstN: 3001, count: 3000 }), logs[0]!)
    await writer.flush()
    expect(saves()).toBe(0)
    await writer.flush()
    expect(troubles).toEqual(['the disk is full (quota exceeded)', 'the disk is full (quota exceeded)', ''])
    expect(writer.persistedSeq).toBe(6000)
    expect(logs[0]!.persisted).toBe(6000)
    expect(await pictureOf((await reopen()).log)).toEqual(await pictureOf(log))
    await writer.stop()
  })

  it('aborts whole transactions: half a write is never there', async () => {
    await fourChunks()
    const before = await pictureOf((await reopen()).log)
    const unclonable = { producer: testProducer(0), gaps: [(() => {}) as never] }
    const broken = disk.write({ ...emptyWrite(), tail: null, gaps: [{ code: 0, record: unclonable }] })
    await expect(broken).rejects.toThrow()
    expect(await pictureOf((await reopen()).log)).toEqual(before)
  })

  it('works again after the browser closed the database', async () => {
    const log = await fourChunks()
    disk.close()
    expect((await reopen()).log.stored).toBe(log.stored)
  })
})

describe('the catalogue', () => {
  it('forgets one session, or all', async () => {
    await fourChunks()
    const other = liveLog(LIMITS.maxEvents, 'OTHER')
    other.log.append(makeBatch({ producer: testProducer(0), count: 5000 - 4096 }), other.logs[0]!)
    const { writer } = writerOf(other.log)
    await writer.flush()
    await writer.stop()
    await disk.remove(ID)
    expect((await disk.sessions()).map(record => record.info.id)).toEqual(['OTHER'])
    expect((await disk.read(ID)).heads).toEqual([])
    expect((await reopen('OTHER')).log.stored).toBe(904)
    await disk.wipe()
    expect(await disk.sessions()).toEqual([])
    expect((await disk.read('OTHER')).tail).toBeUndefined()
  })
})

describe('an import', () => {
  const locks = webLocks(navigator.locks)
  const imported = sessionInfo('IMPORTED', { producers: [producerInfo(testProducer(1), { offset: 50 })] })
  const fill = async (importer: Awaited<ReturnType<typeof openImporter>>, count = 10_000) => {
    for (let n = 1; n <= count; n += 1000) {
      await importer.batch(makeBatch({ producer: testProducer(1), firstN: n + 10, count: 1000, bytes: 50 }))
    }
    importer.gap({ producer: testProducer(1), fromN: 1, toN: 10, reason: 'paused', count: 10, from: 0, to: 5 })
    importer.keyframe({ producer: testProducer(1), afterN: 0, take: 0, time: 0, state: 's', json: '1', why: 'start' })
  }

  it('is not there before it is committed, and then whole', async () => {
    const importer = await openImporter(disk, locks, imported, 1 << 20)
    await fill(importer)
    expect(await disk.sessions()).toEqual([])
    const info = await importer.commit()
    expect(info).toMatchObject({ id: 'IMPORTED', events: 10_000, missing: 10 })
    const { log } = await reopen('IMPORTED')
    const { rows, gaps, keyframes } = await pictureOf(log)
    expect(rows.map(row => row.n)).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 11))
    expect(rows[0]).toMatchObject({ time: 11, seq: 0 })
    expect(gaps).toMatchObject([{ toN: 10, reason: 'paused' }])
    expect(keyframes).toHaveLength(1)
    expect(log.session.producers[0]).toMatchObject({ offset: 50, emitted: 10_010 })
    expect(await disk.unfinishedImports()).toEqual([])
  })

  it('replaces a session of the same id at the end, not before', async () => {
    await fourChunks()
    const before = await pictureOf((await reopen()).log)
    const importer = await openImporter(disk, locks, { ...imported, id: ID }, 1 << 20)
    await fill(importer, 3000)
    expect(await pictureOf((await reopen()).log)).toEqual(before)
    await importer.commit()
    expect((await reopen()).log.stored).toBe(3000)
    expect((await disk.read(ID)).heads).toEqual([])
    await disk.remove(ID)
    expect(await countAll()).toBe(1)
  })

  it('that is given up, or whose worker dies, leaves the store as it was', async () => {
    await fourChunks()
    const before = await countAll()
    const importer = await openImporter(disk, locks, imported, 1 << 20)
    await fill(importer, 20_000)
    await importer.abort()
    expect(await countAll()).toBe(before)
    await disk.beginImport('DEAD')
    const dead = MemoryChunk.hot(0)
    dead.count = 0
    await disk.write({
      ...emptyWrite(),
      data: 'DEAD',
      chunks: [{ firstSeq: 0, head: new ArrayBuffer(8), body: new ArrayBuffer(8) }],
    })
    await sweepImports(disk, locks)
    expect(await countAll()).toBe(before)
  })
})

function emptyWrite(): SessionWrite {
  return { data: ID, chunks: [], heads: [], gaps: [], keyframes: [], removedKeyframes: [] }
}

/** Records in all stores. */
async function countAll(): Promise<number> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const stores = [...db.objectStoreNames]
  const tx = db.transaction(stores)
  const counts = await Promise.all(
    stores.map(
      store =>
        new Promise<number>(resolve => {
          const request = tx.objectStore(store).count()
          request.onsuccess = () => resolve(request.result)
        }),
    ),
  )
  db.close()
  return counts.reduce((sum, count) => sum + count, 0)
}
