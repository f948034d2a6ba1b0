import { CAUSE_KINDS, Flag } from '@playhead/shared/model/event'
import { describe, expect, it } from 'vitest'
import type { ReplayRequest } from '../contract/replay'
import type { FakeEvent } from '../testing/fake-chunk'
import { FakeLog } from '../testing/fake-log'
import { Random } from '../testing/random'
import { ReplayComparison } from './comparison'

const SYNC = CAUSE_KINDS.indexOf('synchronous')
const CUT = '{"$ph":"cut","type":"object","size":3}'
interface Happening {
  type: string
  source?: string
  payload?: string
}

/** Events of one producer, each caused by the one before it, so that none is a root. */
function logOf(happenings: readonly Happening[], root: Partial<FakeEvent> = {}): FakeLog {
  const log = new FakeLog({ chunkRows: 3, cold: true })
  const rooted = { flags: Flag.input, via: 1, ...root }
  log.append(
    happenings.map((happening, i) => {
      const cause = i === 0 ? rooted : { causeN: i, causeKind: SYNC }
      return { producer: 0, n: i + 1, time: i, via: 1, payload: '1', ...happening, ...cause }
    }),
  )
  return log
}

const all = (log: FakeLog) => [...log.events.keys()]

async function compare(recorded: FakeLog, live: FakeLog, rest: Partial<ReplayRequest> = {}, optional: number[] = []) {
  const request: ReplayRequest = {
    ...{ session: 'S', fromSeq: null, toSeq: null, mode: 'roots', edits: [], consequences: [], ...rest },
  }
  const plan = { expected: all(recorded), optional: new Set(optional), request }
  const comparison = new ReplayComparison(recorded, live, plan)
  for (const seq of all(live)) await comparison.arrived([seq])
  await comparison.finished()
  return comparison.divergence
}

const abc = [{ type: 'a' }, { type: 'b' }, { type: 'c' }]

describe('a comparison', () => {
  it.each<[string, Happening[], object | null, string]>([
    ['nothing where all is the same', abc, null, ''],
    [
      'another type',
      [{ type: 'a' }, { type: 'x' }],
      { kind: 'differs', recorded: 1, replayed: 1 },
      'b (#1) was recorded, x',
    ],
    ['another source', [{ type: 'a' }, { type: 'b', source: 'ui' }], { kind: 'differs', recorded: 1 }, 'now from ui'],
    [
      'another payload',
      [{ type: 'a', payload: '2' }],
      { kind: 'differs', recorded: 0, replayed: 0 },
      'payload of a (#0)',
    ],
    [
      'another order',
      [{ type: 'a' }, { type: 'c' }, { type: 'b' }],
      { kind: 'differs', recorded: 1, replayed: 1 },
      'c',
    ],
    ['what is missing at the end', abc.slice(0, 2), { kind: 'missing', recorded: 2, replayed: -1 }, 'c (#2) did not'],
    ['what is missing altogether', [], { kind: 'missing', recorded: 0, replayed: -1 }, 'a (#0)'],
    ['what comes after all of it', [...abc, { type: 'd' }], { kind: 'extra', recorded: -1, replayed: 3 }, 'd happened'],
  ])('finds %s', async (_, replayed, divergence, message) => {
    const found = await compare(logOf(abc), logOf(replayed))
    if (divergence === null) expect(found).toBeNull()
    else expect(found).toMatchObject(divergence)
    expect(found?.message ?? '').toContain(message)
  })

  it('never calls payloads different that are not whole, nor those that were edited', async () => {
    const cut = [{ type: 'a', payload: CUT }, { type: 'b' }]
    const whole = [{ type: 'a', payload: '{"a":1}' }, { type: 'b' }]
    expect(await compare(logOf(cut), logOf(whole))).toBeNull()
    expect(await compare(logOf(whole), logOf(cut))).toBeNull()
    const edits = [{ seq: 0, payload: '5' }]
    expect(await compare(logOf(abc), logOf([{ type: 'a', payload: '5' }, ...abc.slice(1)]), { edits })).toBeNull()
  })

  it('lets what may be missing be missing, anywhere', async () => {
    for (const gone of [0, 1, 2]) {
      const replayed = logOf(abc.filter((_, i) => i !== gone))
      expect(await compare(logOf(abc), replayed, {}, [gone])).toBeNull()
      expect(await compare(logOf(abc), replayed)).not.toBeNull()
    }
  })

  it('passes over what no replay can bring about, and what follows from it', async () => {
    const heard = logOf([{ type: 'scroll' }, { type: 'shown' }], { via: 0 })
    heard.append([{ producer: 0, n: 9, time: 9, type: 'a', via: 1, flags: Flag.input, payload: '1' }])
    expect(await compare(logOf([{ type: 'a' }]), heard)).toBeNull()
  })

  it('judges nothing in mode all, where events come twice', async () => {
    expect(await compare(logOf([]), logOf(abc), { mode: 'all' })).toBeNull()
  })

  it.each([1, 2, 3, 4, 5])('finds the first difference of two lists (seed %i)', async seed => {
    const random = new Random(seed)
    for (let round = 0; round < 40; round++) {
      const happening = () => ({ type: random.pick(['a', 'b']), source: 'core', payload: random.pick(['1', '2']) })
      const recorded = Array.from({ length: random.whole(1, 12) }, happening)
      const replayed = recorded.map(one => ({ ...one }))
      for (let edit = random.whole(0, 2); edit > 0; edit--) {
        const at = random.whole(0, replayed.length)
        const insert = random.chance(0.5) ? [happening()] : []
        replayed.splice(at, random.whole(0, 1), ...insert)
      }
      const same = (i: number) => JSON.stringify(recorded[i]) === JSON.stringify(replayed[i])
      let first = 0
      while (first < Math.max(recorded.length, replayed.length) && same(first)) first++
      const found = await compare(logOf(recorded), logOf(replayed))
      if (first === Math.max(recorded.length, replayed.length)) expect(found).toBeNull()
      else if (first === recorded.length) expect(found).toMatchObject({ kind: 'extra', replayed: first })
      else if (first === replayed.length) expect(found).toMatchObject({ kind: 'missing', recorded: first })
      else expect(found).toMatchObject({ kind: 'differs', recorded: first, replayed: first })
    }
  })
})
