import { afterEach, describe, expect, it, vi } from 'vitest'
import { createRecorder } from '../index'
import { warnWrong } from '../page/wrong'

vi.mock('../page/wrong', () => ({ warnWrong: vi.fn() }))
afterEach(() => void vi.mocked(warnWrong).mockClear())

/** What a caller without a type checker may give. */
const recorderOf = (options: object) => createRecorder({ enabled: true, name: 'wrong', ...options } as never)
const toldOf = () => vi.mocked(warnWrong).mock.calls.map(([what]) => what)
const typesOf = (options: object) => {
  const recorder = recorderOf(options)
  for (const type of ['row:a', 'row:b', 'other']) recorder.record(type, { iban: 'DE', x: 1 })
  const events = recorder.history.getEvents()
  recorder.dispose()
  return { types: events.map(({ type }) => type), payload: events[0]?.payload }
}

describe('an option that is not what it should be', () => {
  it.each([
    ['level', { level: 'info' }, ['row:a', 'row:b', 'other']],
    ['level', { level: 3 }, ['row:a', 'row:b', 'other']],
    ['filters.include', { filters: ['row:*', 5] }, ['row:a', 'row:b']],
    ['filters.exclude', { filters: { exclude: [{}] } }, ['row:a', 'row:b', 'other']],
    ['facets', { facets: [{ name: 'x' }] }, ['row:a', 'row:b', 'other']],
    ['redact', { redact: 5 }, ['row:a', 'row:b', 'other']],
    ['enabled', { enabled: 'false' }, []],
    ['enabled', { enabled: 'true' }, ['row:a', 'row:b', 'other']],
  ])('is told, with what would be right: %s of %o', (what, options, types) => {
    if ('enabled' in options && options.enabled === 'false') {
      expect(recorderOf(options).enabled).toBe(false)
    } else expect(typesOf(options).types).toEqual(types)
    expect(toldOf()).toEqual([what])
  })

  it.each([
    ['a list of globs', { filters: ['row:*'] }, ['row:a', 'row:b']],
    ['one glob', { filters: 'row:*' }, ['row:a', 'row:b']],
    ['one glob to include', { filters: { include: 'row:*' } }, ['row:a', 'row:b']],
    ['one glob to exclude', { filters: { exclude: 'row:*' } }, ['other']],
    ['one facet', { facets: 'x' }, ['row:a', 'row:b', 'other']],
    ['one origin', { panelOrigins: 'http://localhost:1' }, ['row:a', 'row:b', 'other']],
  ])('may be one text where a list is meant: %s', (_, options, types) => {
    expect(typesOf(options).types).toEqual(types)
    expect(toldOf()).toEqual([])
  })

  it('may name one key to redact', () => {
    expect(typesOf({ redact: { keys: 'x' } }).payload).toMatchObject({ x: '[redacted]' })
  })
})

describe('an argument that is not what it should be', () => {
  it.each([
    ['level', { level: 'info' }],
    ['kind', { kind: 'info' }],
  ])('is told and costs no event: %s', (what, options) => {
    const recorder = recorderOf({})
    recorder.record('before')
    recorder.record('x', 1, options as never)
    expect(recorder.history.getEvents().map(({ level }) => level)).toEqual(['action', 'action'])
    expect(toldOf()).toEqual([what])
  })

  it('is taken for the text that it is printed as, where a text is meant', () => {
    const recorder = recorderOf({})
    recorder.record('x', 1, { source: 5 } as never)
    expect(recorder.history.getEvents()).toMatchObject([{ type: 'x', source: '5' }])
  })

  it('of a query may be an expression or a function, and throws nothing into the app', () => {
    const recorder = recorderOf({})
    for (const type of ['row:a', 'row:b', 'other']) recorder.record(type, { type })
    const { history } = recorder
    const types = (query: unknown) => history.getEvents(query as never).map(({ type }) => type)
    expect(types({ type: /^row/ })).toEqual(['row:a', 'row:b'])
    expect(types({ type: [/b$/g, 'other'] })).toEqual(['row:b', 'other'])
    expect(types({ type: (name: string) => name.length === 5 })).toEqual(['row:a', 'row:b', 'other'])
    expect(types({ payload: (payload: { type: string }) => payload.type === 'other' })).toEqual(['other'])
    expect(types(null)).toHaveLength(3)
    expect(types({ type: 5 })).toEqual([])
    expect(toldOf()).toEqual(['type of a query'])
    expect(
      types({
        payload: () => {
          throw new Error('of the app')
        },
      }),
    ).toEqual([])
    for (const id of [undefined, 5, {}, 'nonsense'] as never[]) {
      expect(history.getEvent(id)).toBeUndefined()
      expect(history.causes(id)).toEqual([])
      expect(history.effects(id)).toEqual([])
    }
  })
})
