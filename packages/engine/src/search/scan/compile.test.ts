import { parseFilter } from '@playhead/shared/filter/parse'
import { expect, it } from 'vitest'
import type { LogChange } from '../../log/reader'
import { FakeLog } from '../../testing/fake-log'
import { compileFilter } from './compile'

it.each<[string, LogChange['t'][]]>([
  ['type:a level:state mark:x chain:#1 word payload.a=1 is:bookmarked has:cause', []],
  ['is:threw', ['changed']],
  ['type:a|is:error', ['changed']],
  ['-is:root', ['changed']],
  ['slow:>50ms', ['changed']],
  ['-type:a|slow:<1ms', ['changed']],
  ['has:gap', ['gaps']],
  ['has:gap is:input', ['changed', 'gaps']],
])('knows after which changes events are to be tested again: %s', (text, changes) => {
  const { filter } = parseFilter(text)
  expect([...compileFilter(filter, new FakeLog()).changes].sort()).toEqual(changes)
})
