import type { Row, RowPage } from '@playhead/engine/contract/view'
import { describe, expect, it } from 'vitest'
import { PAGE, Pages } from './pages'

/** A list whose rows say which version they are of. `version` may be ahead of what the panel was told. */
function listOf(total: number) {
  const asked: { view: number; from: number }[] = []
  let version = 1
  const answers: (() => void)[] = []
  const pages = new Pages(
    (view, from, count) => {
      asked.push({ view, from })
      return new Promise<RowPage>(resolve =>
        answers.push(() => {
          const items = Array.from(
            { length: Math.max(0, Math.min(count, total - from)) },
            (_, i) => ({ item: 'event', seq: from + i, n: version }) as Row,
          )
          resolve({ view, version, from, items })
        }),
      )
    },
    () => {},
  )
  const answer = async () => {
    for (const one of answers.splice(0)) one()
    await Promise.resolve().then(() => Promise.resolve())
  }
  const versionAt = (index: number) => {
    const row = pages.at(index)
    return row?.item === 'event' ? row.n : undefined
  }
  return { pages, asked, answer, versionAt, moveTo: (next: number) => (version = next) }
}

describe('pages of the list', () => {
  it('are asked for once, however often they are needed', async () => {
    const { pages, asked, answer, versionAt } = listOf(1000)
    for (let i = 0; i < 3; i++) pages.need(1, 1, PAGE - 1, 2)
    await answer()
    pages.need(1, 1, PAGE - 1, 2)
    expect(asked).toEqual([
      { view: 1, from: 0 },
      { view: 1, from: PAGE },
    ])
    expect(versionAt(PAGE)).toBe(1)
  })

  it('are not asked for again when they came newer than was told', async () => {
    const { pages, asked, answer, moveTo } = listOf(1000)
    moveTo(7)
    pages.need(1, 5, 0, 10)
    await answer()
    for (const version of [5, 6, 7]) pages.need(1, version, 0, 10)
    expect(asked).toHaveLength(1)
    pages.need(1, 8, 0, 10)
    expect(asked).toHaveLength(2)
  })

  it('stay until fresh ones of the next version or view arrive', async () => {
    const { pages, answer, versionAt, moveTo } = listOf(1000)
    pages.need(1, 1, 0, 10)
    await answer()
    moveTo(2)
    pages.need(2, 2, 0, 10)
    expect(versionAt(3)).toBe(1)
    await answer()
    expect(versionAt(3)).toBe(2)
  })

  it('are fresh in the view they were asked for, until everything moved', async () => {
    const { pages, answer } = listOf(1000)
    pages.need(1, 1, 0, 10)
    expect(pages.freshAt(1, 3)).toBeUndefined()
    await answer()
    expect(pages.freshAt(1, 3)).toMatchObject({ seq: 3 })
    expect(pages.freshAt(2, 3)).toBeUndefined()
    pages.shift(1)
    expect(pages.freshAt(1, 4)).toBeUndefined()
    expect(pages.at(4)).toMatchObject({ seq: 3 })
  })

  it('are asked for again where other columns are wanted, or everything moved', async () => {
    const { pages, asked, answer } = listOf(1000)
    pages.need(1, 1, 0, 10)
    await answer()
    pages.need(1, 1, 0, 10, [{ facet: 'agent' }])
    await answer()
    expect(asked).toHaveLength(2)
    pages.shift(3)
    expect(pages.at(3)).toMatchObject({ seq: 0 })
    pages.need(1, 1, 0, 10, [{ facet: 'agent' }])
    expect(asked).toHaveLength(3)
  })
})
