import type { Keyframe } from '@playhead/shared/model/session'
import { expect, it } from 'vitest'
import { KeyframeList } from './keyframes'

it('past its bound gives up requested states first, oldest first', () => {
  const list = new KeyframeList(100)
  const add = (why: Keyframe['why'], name: string) =>
    list.add({ producer: 'P', afterN: 0, take: 0, time: 0, state: name, json: 'x'.repeat(30), why })
  add('start', 'a')
  add('request', 'b')
  add('request', 'c')
  list.unsaved = []
  add('request', 'd')
  add('end', 'e')
  expect(list.list.map(keyframe => keyframe.state)).toEqual(['a', 'd', 'e'])
  expect(list.removed).toEqual([1, 2])
  expect(list.unsaved.map(keyframe => keyframe.state)).toEqual(['d', 'e'])
})
