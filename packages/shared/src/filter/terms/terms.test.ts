import { expect, it } from 'vitest'
import { KEY_NAMES, TERMS } from './terms'

it('has a definition for every kind of term', () => {
  const { level: _, ...rest } = TERMS
  // @ts-expect-error: one is missing.
  const incomplete: typeof TERMS = rest
  expect(incomplete).not.toHaveProperty('level')
})

it('shows an example of every key that begins with it', () => {
  for (const key of KEY_NAMES) expect(TERMS[key].help.example).toMatch(new RegExp(`^${key}:.`))
})
