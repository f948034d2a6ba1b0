import { deflateBody } from '../codec/body'
import { SessionLog } from '../log/session-log'
import type { Disk } from '../storage/disk'
import { loadSession } from '../storage/load-session'
import { SessionWriter } from '../storage/writer'
import { makeBatch, producerInfo, sessionInfo, testProducer } from './make-batch'

export const STORED_ID = 'SESSION'
const LIMITS = { maxEvents: 1e6, textBudget: 1 << 20 }

/** A session of one producer on a disk: three sealed chunks and an open one with 100 events, two gaps, a keyframe, a mark. */
export async function storeLog(disk: Disk, { packed = false } = {}): Promise<SessionLog> {
  const log = new SessionLog(sessionInfo(STORED_ID), { ...LIMITS })
  const producer = log.addProducer(producerInfo(testProducer(0)))!
  let n = 1
  for (let i = 0; i < 97; i++) {
    const count = i === 96 ? 100 : 128
    if (i === 20 || i === 60) {
      log.addGap(producer, n, n + 9, 'paused', n, n + 9)
      n += 10
    }
    log.append(makeBatch({ producer: testProducer(0), firstN: n, count, bytes: 40 }), producer)
    n += count
  }
  const at = { producer: testProducer(0), afterN: 5000, time: 5000 }
  log.addKeyframe({ ...at, take: 0, state: 'grid', json: '[1]', why: 'start' })
  log.addMark({ ...at, kind: 'day', name: 'day 5000' })
  const writer = new SessionWriter(disk, log, STORED_ID, { listed: true, saved: () => {}, trouble: () => {} })
  await writer.flush()
  for (const chunk of packed ? log.chunks.filter(({ sealed }) => sealed) : []) {
    await writer.packBody(chunk, (await deflateBody(chunk.text!, chunk))!)
  }
  await writer.flush()
  await writer.stop()
  return log
}

/** The stored log as it opens now, and what was said of its damage. */
export async function reopenLog(disk: Disk) {
  const record = await disk.session(STORED_ID)
  const lost: string[] = []
  const loaded = await loadSession(disk, record!, { ...LIMITS }, message => lost.push(message))
  return { ...loaded, lost }
}
