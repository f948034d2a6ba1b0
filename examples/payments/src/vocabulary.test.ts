import { expect, test } from 'vitest'
import { type EventName, INPUTS } from './model/events'
import { isInput, VOCABULARY } from './vocabulary'

test('the inputs of the bus are the inputs of the vocabulary', () => {
  expect((Object.keys(VOCABULARY) as EventName[]).filter(isInput)).toEqual(INPUTS)
  expect(Object.keys(VOCABULARY)).toHaveLength(17)
})

test('all that a replay needs or checks is recorded at the default level; only costs are below it', () => {
  const below = Object.entries(VOCABULARY).filter(([, { level }]) => level === 'state')
  expect(below.map(([type]) => type)).toEqual(['CostAccrual'])
})
