import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseFilter } from '../packages/shared/src/filter/parse.ts'
import { KEY_NAMES } from '../packages/shared/src/filter/terms/terms.ts'
import { fromRoot } from './lib/paths.ts'

it('gives only filters that the filter box understands, and one with each key', () => {
  const readme = readFileSync(fromRoot('README.md'), 'utf8')
  const section = /## Find anything\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ''
  const rows = section.split('\n').filter(line => line.startsWith('| `'))
  const examples = rows.flatMap(row =>
    [...(row.split(/(?<!\\)\|/)[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replace('\\|', '|')),
  )
  expect(examples.length).toBeGreaterThan(20)
  for (const text of examples) expect([text, parseFilter(text).problems]).toEqual([text, []])
  expect(KEY_NAMES.filter(key => !examples.some(text => text.startsWith(`${key}:`)))).toEqual([])
})
