import { afterEach, expect, it, vi } from 'vitest'
import { createRecorder } from '../index'
import { warnWrong } from '../page/wrong'

vi.mock('../page/wrong', () => ({ warnWrong: vi.fn() }))
afterEach(() => void vi.mocked(warnWrong).mockClear())

it.each([['stage'], [5], [{}], [null]])(
  'a mark of a kind that nobody knows (%o) is a custom one, and costs no event',
  kind => {
    const recorder = createRecorder({ enabled: true, name: 'marks' })
    recorder.record('before')
    recorder.mark('Day 3', kind as never)
    recorder.record('after')
    expect(recorder.history.getEvents().map(({ type }) => type)).toEqual(['before', 'after'])
    expect(recorder.history.statistics()).toMatchObject({ kept: 2, missing: 0 })
    expect(warnWrong).toHaveBeenCalledWith('mark', String(kind))
    recorder.dispose()
  },
)

it('a mark of a kind that is known is what it says', () => {
  const recorder = createRecorder({ enabled: true, name: 'marks' })
  recorder.mark('Day 3', 'day')
  recorder.record('after')
  expect(recorder.history.statistics().kept).toBe(1)
  expect(warnWrong).not.toHaveBeenCalled()
  recorder.dispose()
})
