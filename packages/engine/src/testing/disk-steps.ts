import type { Disk, SessionWrite } from '../storage/disk'
import type { SessionRecord } from '../storage/records'
import { sessionInfo, testProducer } from './make-batch'
import type { MemoryDisk } from './memory-disk'
import type { Random } from './random'

/** One transaction, to be made on any disk. */
export type DiskStep = (disk: Disk) => Promise<unknown>

export const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer
export const artifactRef = (n: number) => n.toString(16).padStart(64, '0')
export const emptyWrite = (data: string): SessionWrite => ({
  ...{ data, chunks: [], heads: [], gaps: [], keyframes: [], removedKeyframes: [] },
})

export function recordOf(id: string, data = id, artifacts: readonly number[] = []): SessionRecord {
  const marks = artifacts.map(n => ({
    ...{ time: n, kind: 'artifact' as const, name: '', producer: testProducer(0), afterN: 0 },
    data: JSON.stringify({ ref: artifactRef(n) }),
  }))
  return { info: sessionInfo(id, { marks }), data, firstSeq: 0 }
}

/** A session with one sealed chunk and an open one. */
export function smallWrite(id: string): SessionWrite {
  return {
    ...emptyWrite(id),
    record: recordOf(id),
    chunks: [{ firstSeq: 0, head: bytes('head'), body: bytes('body') }],
    tail: { head: bytes('tail'), body: bytes('text') },
  }
}

/** Returns one random transaction. `oracle` is the disk as it is before; it is only looked at. */
export function randomStep(random: Random, step: number, oracle: MemoryDisk): DiskStep {
  const id = `S${random.whole(0, 3)}`
  // Imports put other data under the same id.
  const data = oracle.catalogue.get(id)?.data ?? id
  const seq = random.whole(0, 6) * 4096
  const text = `${step} ${'x'.repeat(random.whole(0, 200))}`
  const producer = testProducer(0)
  const keyframe = { producer, afterN: step, take: 0, time: Number.NaN, state: '\ud800', json: text }
  const gap = { ...{ producer, fromN: 3, toN: 3, count: 1, from: Number.NaN, to: step }, reason: 'lost' as const }
  const artifact = random.whole(0, 3)
  const kinds: DiskStep[] = [
    disk =>
      disk.write({
        ...emptyWrite(data),
        record: { ...recordOf(id, data), packed: Float64Array.of(seq, 10) },
        chunks: [{ firstSeq: seq, head: bytes(`h${text}`), body: bytes(`b${text}`) }],
        tail: { head: bytes(`t${step}`), body: bytes(text) },
      }),
    disk => disk.write({ ...emptyWrite(data), heads: [{ firstSeq: seq, head: bytes(`again ${text}`) }], tail: null }),
    disk => disk.write({ ...emptyWrite(data), evictedBelow: seq }),
    disk =>
      disk.write({
        ...emptyWrite(data),
        gaps: [{ code: step % 3, record: { producer, gaps: [gap] } }],
        keyframes: [{ number: step, keyframe: { ...keyframe, why: 'start' } }],
        removedKeyframes: [step - 2],
      }),
    disk => disk.packBody({ id, data, firstSeq: seq, body: bytes('packed'), rawBytes: 100 }),
    disk => disk.update(id, info => (info.name = text)),
    disk => disk.remove(id),
    disk => disk.beginImport(`I${step}`),
    disk => disk.putBlob(data, artifactRef(artifact), bytes(`artifact ${artifact}`)),
    async disk => disk.sweepBlobs((await disk.strayBlobs()).sort().slice(0, 1)),
  ]
  const { imports } = oracle
  if (imports.length === 0 && random.chance(0.05)) return disk => disk.wipe()
  // Imports that are under way go on, and end in one of two ways.
  if (imports.length > 0 && random.chance(0.3)) {
    const key = random.pick(imports)
    kinds.length = 0
    kinds.push(
      disk => disk.write({ ...emptyWrite(key), tail: { head: bytes(text), body: bytes('') } }),
      disk => disk.abortImport(key),
      disk => disk.commitImport(recordOf(id, key, [artifact])),
    )
  }
  return random.pick(kinds)
}

/** Everything that a disk says of what it holds. */
export async function diskPicture(disk: Disk) {
  const records = (await disk.sessions()).sort((a, b) => (a.info.id < b.info.id ? -1 : 1))
  const imports = (await disk.unfinishedImports()).sort()
  const sessions = []
  for (const data of [...records.map(record => record.data), ...imports]) {
    const stored = await disk.read(data)
    const bodies = []
    for (const { firstSeq } of stored.heads) bodies.push(await disk.body(data, firstSeq))
    sessions.push({ data, stored, bodies })
  }
  const artifacts = []
  for (const ref of (await disk.blobRefs()).sort()) artifacts.push({ ref, bytes: await disk.blob(ref) })
  const byId = []
  for (const { info } of records) byId.push(await disk.session(info.id))
  return { records, byId, imports, sessions, artifacts, strays: (await disk.strayBlobs()).sort() }
}
