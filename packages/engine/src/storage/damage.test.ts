import { beforeAll, describe, expect, it } from 'vitest'
import type { SessionLog } from '../log/session-log'
import { checkNumbers } from '../testing/checked-numbers'
import { pictureOf } from '../testing/log-picture'
import { MemoryDisk } from '../testing/memory-disk'
import { Random } from '../testing/random'
import { flip } from '../testing/raw-database'
import { reopenLog, STORED_ID, storeLog } from '../testing/stored-log'

const DAMAGES = 40
type Picture = Awaited<ReturnType<typeof pictureOf>>

/** Whatever opened: its numbers add up, and what it shows is what was recorded, or said to be lost. */
async function expectHonest(log: SessionLog, lost: readonly string[], damage: readonly string[], whole: Picture) {
  checkNumbers(log)
  const { rows } = await pictureOf(log)
  const known = new Map(whole.rows.map(row => [row.n, row]))
  for (const row of rows) {
    const before = known.get(row.n)
    if (row.payload === undefined) expect(lost).not.toEqual([])
    if (JSON.stringify({ ...row, payload: '' }) !== JSON.stringify({ ...before, payload: '' }))
      expect(row).toEqual(before)
    if (row.payload !== undefined && row.payload !== before?.payload) expect(row).toEqual(before)
  }
  if (rows.length < whole.rows.length) {
    expect(damage).not.toEqual([])
    expect(log.gaps.some(gap => gap.reason === 'corrupt')).toBe(true)
  }
  expect(log.stored + log.missing).toBe(whole.rows.length + 20)
  return rows.filter(row => row.payload !== undefined).length
}

describe.each([false, true])('damage anywhere on the disk (compressed: %s)', packed => {
  const sound = new MemoryDisk()
  let whole: Picture

  beforeAll(async () => {
    whole = await pictureOf(await storeLog(sound, { packed }))
    const { log, damage } = await reopenLog(sound)
    expect(damage).toEqual([])
    expect(await pictureOf(log)).toEqual(whole)
  })
  const copy = () => {
    const disk = new MemoryDisk()
    disk.catalogue.set(STORED_ID, structuredClone(sound.catalogue.get(STORED_ID)!))
    const from = sound.of(STORED_ID)
    const to = disk.of(STORED_ID)
    for (const store of ['heads', 'bodies', 'gaps', 'states'] as const) {
      for (const [key, value] of from[store]) to[store].set(key, structuredClone(value) as never)
    }
    to.tail = structuredClone(from.tail)
    return disk
  }
  /** Every buffer there is, with how to take it away or put another in its place. */
  const buffers = (disk: MemoryDisk) => {
    const { heads, bodies, tail } = disk.of(STORED_ID)
    const places = [heads, bodies].flatMap(store =>
      [...store.keys()].map(key => ({
        read: () => store.get(key)!,
        put: (buffer: ArrayBuffer | undefined) => void (buffer ? store.set(key, buffer) : store.delete(key)),
      })),
    )
    for (const part of ['head', 'body'] as const) {
      places.push({ read: () => tail![part], put: buffer => void Object.assign(tail!, { [part]: buffer }) })
    }
    return places
  }

  it(`of ${DAMAGES} single bits: each is found, and costs nothing beside its chunk`, async () => {
    const random = new Random(packed ? 71 : 72)
    for (let i = 0; i < DAMAGES; i++) {
      const disk = copy()
      const { read, put } = random.pick(buffers(disk))
      put(flip(read(), random.whole(0, 999) / 1000, random.whole(0, 7)))
      const { log, damage, lost } = await reopenLog(disk)
      expect(await expectHonest(log, lost, damage, whole)).toBeGreaterThanOrEqual(2 * 4096)
      expect(damage.length + lost.length).toBe(1)
    }
  })

  it(`of ${DAMAGES} records that are cut, or gone: what is left is read`, async () => {
    const random = new Random(packed ? 73 : 74)
    for (let i = 0; i < DAMAGES; i++) {
      const disk = copy()
      for (let times = random.whole(1, 3); times > 0; times--) {
        const { read, put } = random.pick(buffers(disk))
        if (random.chance(0.3)) put(undefined)
        else if (read()) put(read().slice(0, random.whole(0, read().byteLength - 1)))
      }
      const { log, damage, lost } = await reopenLog(disk)
      await expectHonest(log, lost, damage, whole)
      expect(damage.length + lost.length).toBeGreaterThan(0)
    }
  })

  it('of several kinds at once: what can be believed is', async () => {
    const random = new Random(75)
    // 5 is a seq that might be: then the first five events are hidden, and said to be.
    const junk = [undefined, null, 5, true, [], {}, new ArrayBuffer(3), Number.NaN]
    for (let i = 0; i < DAMAGES; i++) {
      const disk = copy()
      const { gaps, states } = disk.of(STORED_ID)
      const record = disk.catalogue.get(STORED_ID) as unknown as Record<string, Record<string, unknown>>
      if (random.chance(0.5)) gaps.set(0, random.pick(junk) as never)
      if (random.chance(0.5)) states.set(0, random.pick(junk) as never)
      if (random.chance(0.3)) disk.of(STORED_ID).tail = random.pick(junk) as never
      const field = random.pick(['info', 'data', 'firstSeq', 'packed'])
      if (random.chance(0.3)) record[field] = random.pick(junk) as never
      else if (random.chance(0.8)) record.info![random.pick(Object.keys(record.info!))] = random.pick(junk)
      const { log } = await reopenLog(disk)
      checkNumbers(log)
      const { rows } = await pictureOf(log)
      expect(rows.length).toBeGreaterThanOrEqual(3 * 4096 - 5)
      for (const row of rows) if (row.payload !== whole.rows[row.seq]?.payload) expect(row).toEqual(whole.rows[row.seq])
    }
  })
})
