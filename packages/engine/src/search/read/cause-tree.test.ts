import { eventId } from '@playhead/shared/model/id'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { CauseTree } from '../../contract/event'
import { compareSeqs } from '../../log/order'
import { nextTask } from '../../tasks/next-task'
import type { FakeEvent } from '../../testing/fake-chunk'
import { FakeLog } from '../../testing/fake-log'
import { testProducer } from '../../testing/make-batch'
import { CauseTrees } from './cause-tree'

/** Events of two producers; `back` says how far (in its producer, negative: ahead) the cause lies, `other`: in the other one. */
const shapes = fc.array(
  fc.record({
    producer: fc.integer({ min: 0, max: 1 }),
    back: fc.integer({ min: -3, max: 6 }),
    other: fc.boolean(),
    time: fc.integer({ min: 0, max: 40 }),
  }),
  { minLength: 1, maxLength: 80, size: 'max' },
)
type Shape = { producer: number; back: number; other: boolean; time: number }

function eventsOf(shape: readonly Shape[]): FakeEvent[] {
  const counts = [0, 0]
  return shape.map(({ producer, back, other, time }): FakeEvent => {
    const n = (counts[producer] as number) + 1
    counts[producer] = n
    const event = { producer, n, time, type: `t${n % 5}` }
    const sibling = 1 - producer
    if (other && (counts[sibling] as number) > 0 && back > 0) {
      const id = eventId(testProducer(sibling), Math.max(1, (counts[sibling] as number) - back))
      return { ...event, causeKind: 2, moreCauses: [{ id, kind: 2 }] }
    }
    return n - back > 0 && back !== 0 ? { ...event, causeN: n - back } : event
  })
}

function causeOf(log: FakeLog, seq: number): number {
  const event = log.events.get(seq) as FakeEvent
  if (event.causeN) return log.seqOf(event.producer, event.causeN)
  const [producer, n] = (event.moreCauses?.[0]?.id ?? '').split('-')
  return producer ? log.seqOf(log.producers.indexOf(producer), Number(n)) : -1
}

interface Node {
  seq: number
  inside: Node[]
}

/** The slow way: asks every event for its cause, for every event. */
function naive(log: FakeLog, seq: number): Node {
  const seen = new Set<number>()
  let root = seq
  for (;;) {
    seen.add(root)
    const cause = causeOf(log, root)
    if (cause < 0 || seen.has(cause)) break
    root = cause
  }
  const taken = new Set([root])
  const build = (of: number): Node => {
    const inside = [...log.events.keys()].filter(other => causeOf(log, other) === of && !taken.has(other))
    for (const other of inside) taken.add(other)
    inside.sort((a, b) => compareSeqs(log, a, b))
    return { seq: of, inside: inside.map(build) }
  }
  return build(root)
}

function flat(node: Node, depth = 0): { seq: number; depth: number; size: number }[] {
  const inside = node.inside.flatMap(child => flat(child, depth + 1))
  return [{ seq: node.seq, depth, size: inside.length }, ...inside]
}

function rows(tree: CauseTree | null) {
  return [...(tree?.seqs ?? [])].map((seq, i) => ({ seq, depth: tree?.depths[i], size: tree?.sizes[i] }))
}

describe('the tree of causes', () => {
  it('is that of a naive search, whatever came late, was evicted or arrives while it is looked at', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.nat({ max: 30 }), fc.nat({ max: 79 }), async (shape, evicted, later) => {
        const events = eventsOf(shape)
        const log = new FakeLog({ chunkRows: 8 })
        const trees = new CauseTrees()
        const part = later % events.length
        log.append(events.slice(0, part))
        for (const seq of log.events.keys()) if (seq % 4 === 0) await trees.read(log, seq)
        log.append(events.slice(part))
        log.evict(Math.min(evicted, events.length - 1))
        for (const seq of log.events.keys()) {
          const tree = await trees.read(log, seq)
          const wanted = flat(naive(log, seq))
          expect(rows(tree)).toEqual(wanted)
          expect(tree?.total).toBe(wanted.length)
          expect([...(tree?.descendants ?? [])]).toEqual(wanted.map(({ size }) => size))
          expect(tree?.typeNames[tree.types[0] as number]).toBe(log.events.get(wanted[0]?.seq as number)?.type)
        }
      }),
      { seed: 41, numRuns: 80 },
    )
  })

  it('is whole though events came while it was read by several', async () => {
    // Every look at the clock ends a slice.
    let now = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 5
      return now
    })
    await fc.assert(
      fc.asyncProperty(shapes, fc.array(fc.nat({ max: 9 }), { maxLength: 40, size: 'max' }), async (shape, parts) => {
        const log = new FakeLog({ chunkRows: 4 })
        const trees = new CauseTrees()
        const events = eventsOf(shape)
        const reads: Promise<unknown>[] = []
        for (const part of parts) {
          log.append(events.splice(0, part))
          if (log.endSeq > 0) reads.push(trees.read(log, part % 2))
          if (part > 4) await nextTask()
        }
        log.append(events)
        await Promise.all(reads)
        expect(rows(await trees.read(log, 0))).toEqual(flat(naive(log, 0)))
      }),
      { seed: 43, numRuns: 80 },
    )
    clock.mockRestore()
  })

  it('cut short is still a tree, with the event, its causes and true counts', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 1, max: 20 }), async (shape, most) => {
        const log = new FakeLog({ chunkRows: 8 })
        log.append(eventsOf(shape))
        for (const seq of log.events.keys()) {
          const whole = await new CauseTrees().read(log, seq)
          const cut = await new CauseTrees().read(log, seq, most)
          if (!whole || !cut) throw new Error('no tree')
          expect(cut.total).toBe(whole.total)
          expect(cut.seqs.length).toBe(Math.min(most, whole.seqs.length))
          const at = whole.seqs.indexOf(seq)
          if ((whole.depths[at] as number) < most) expect([...cut.seqs]).toContain(seq)
          for (const [i, event] of cut.seqs.entries()) {
            const original = whole.seqs.indexOf(event)
            expect(cut.depths[i]).toBe(whole.depths[original])
            expect(cut.descendants[i]).toBe(whole.sizes[original])
            expect(cut.sizes[i]).toBeLessThanOrEqual(whole.sizes[original] as number)
            if (i > 0) expect(cut.depths[i]).toBeLessThanOrEqual((cut.depths[i - 1] as number) + 1)
          }
        }
      }),
      { seed: 42, numRuns: 40 },
    )
  })

  it('says where causes are outside the log, and nothing of an event that is not in it', async () => {
    const log = new FakeLog()
    log.append([
      { producer: 0, n: 5, time: 0, causeN: 4 },
      { producer: 0, n: 6, time: 1, causeN: 5 },
      { producer: 1, n: 1, time: 2 },
    ])
    const trees = new CauseTrees()
    expect(await trees.read(log, 1)).toMatchObject({ outside: true, total: 2 })
    expect(await trees.read(log, 2)).toMatchObject({ outside: false, total: 1 })
    expect(await trees.read(log, 9)).toBeNull()
  })
})
