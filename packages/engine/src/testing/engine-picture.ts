import type { SessionInfo } from '@playhead/shared/model/session'
import { expect } from 'vitest'
import type { EngineApi } from '../contract/engine'
import type { EventRow, Row } from '../contract/view'
import type { NameCount, Vocabulary } from '../contract/vocabulary'

/**
 * Everything the engine answers about one session, as plain data, with seqs counted from the first visible event: two sessions of which it
 * says the same are the same to whoever asks.
 */
export async function enginePicture(engine: EngineApi, session: string) {
  const info = (await engine.sessions.list()).find(({ id }) => id === session)
  if (!info) throw new Error(`session ${session} is not there`)
  const rows = await allRows(engine, session)
  const events = rows.filter(row => row.item === 'event')
  const first = Math.min(...events.map(row => row.seq))
  const seq = (value: number) => (value < 0 ? value : value - first)
  const details = []
  const relations = []
  for (const event of events) {
    const detail = await engine.read.detail(session, event.seq)
    details.push(
      detail && {
        ...rebased(detail, seq),
        moreCauses: detail.moreCauses.map(cause => ({ ...cause, seq: seq(cause.seq) })),
      },
    )
    const { causes, effects, ...rest } = await engine.read.relations(session, event.seq)
    const related = (list: typeof causes) => list.map(other => ({ ...other, seq: seq(other.seq) }))
    relations.push({ ...rest, causes: related(causes), effects: related(effects) })
  }
  const keyframes = await engine.read.keyframes(session)
  const states = await Promise.all(keyframes.map(({ key }) => engine.read.keyframe(session, key)))
  return {
    session: lasting(info, new Set(events.map(row => row.seq)), seq),
    rows: rows.map(row => (row.item === 'event' ? rebased(row, seq) : row)),
    details,
    relations,
    names: sortedNames(await engine.read.vocabulary(session)),
    keyframes,
    states,
  }
}

function rebased<T extends EventRow>(row: T, seq: (value: number) => number): T {
  return { ...row, seq: seq(row.seq), cause: seq(row.cause) }
}

async function allRows(engine: EngineApi, session: string): Promise<Row[]> {
  const { view } = await engine.view.show({ session, filter: { all: [{ any: [{ key: 'take', take: '*' }] }] } })
  const info = (await engine.sessions.list()).find(({ id }) => id === session)
  let items: Row[] = []
  const complete = async () => {
    items = (await engine.view.rows(view, 0, 1_000_000)).items
    return items.filter(item => item.item === 'event').length
  }
  await expect.poll(complete, { interval: 2 }).toBe(info?.events)
  return items
}

/** Of the catalogue's record, what a file carries. How it came to be here, and what it weighs here, it does not. */
function lasting(info: SessionInfo, seqs: ReadonlySet<number>, seq: (value: number) => number) {
  const visible = (of: number | undefined) => (of !== undefined && seqs.has(of) ? seq(of) : undefined)
  const { ended, imported, recovered, tab, updated, bytes, pinned, takes, ...known } = info
  // Counted again from the events.
  const { statistics, ...rest } = known as typeof known & { statistics?: unknown }
  return {
    ...rest,
    takes: takes.map(({ fromSeq, toSeq, ...take }) => ({ ...take, fromSeq: visible(fromSeq), toSeq: visible(toSeq) })),
  }
}

function sortedNames(seen: Vocabulary | null) {
  const sorted = (list: readonly NameCount[] = []) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1))
  return { types: sorted(seen?.types), sources: sorted(seen?.sources) }
}
