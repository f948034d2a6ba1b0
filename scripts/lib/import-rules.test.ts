import { describe, expect, it } from 'vitest'
import { ZONES, type Zone } from './import-law.ts'
import { arrowsOf, lawProblems, violationsOf } from './import-rules.ts'

const X = 'packages/extension/src'
const E = 'packages/engine/src'
const check = (file: string, source: string) => violationsOf(file, source).map(v => `${v.line}: ${v.message}`)

describe('import direction', () => {
  it.each([
    ['packages/shared/src/wire/a.ts', `import * as v from 'valibot'\nimport { b } from './b'`],
    ['packages/sdk/src/page/a.ts', `import { b } from '@playhead/shared/model/b'`],
    ['packages/sdk/src/entries/mitt.ts', `import { attach } from '../adapters/mitt'`],
    [`${E}/browser/entry.ts`, `import { expose } from 'comlink'`],
    [`${E}/browser/db.ts`, `import { openDB } from 'idb'\nimport type { Disk } from '../storage/disk'`],
    [`${X}/panel/views/list.tsx`, `import { useState } from 'preact/hooks'\nimport './list.css'`],
    [
      `${X}/panel/connection/client.ts`,
      `import type { Engine } from '@playhead/engine/contract/engine'\nimport { wrap } from 'comlink'`,
    ],
    [`${X}/panel/client.ts`, `import { type Engine, type Row } from '@playhead/engine/contract/engine'`],
    [`${X}/panel/client.ts`, `type E = import('@playhead/engine/contract/engine').Engine`],
    [
      `${X}/panel/client.ts`,
      `new Worker(new URL('../../../engine/src/browser/entry.ts', import.meta.url), { type: 'module' })`,
    ],
    [`${X}/bridge/bridge.ts`, `import { PORT_NAME } from '../platform/envelope'`],
    [`${E}/log.test.ts`, `import { createRecorder } from '@playhead/sdk'\nimport fc from 'fast-check'`],
    ['examples/payments/src/a.ts', `import { createRecorder } from '@playhead/sdk'\nimport mitt from 'mitt'`],
    [`${X}/platform/browser.ts`, `// import { x } from '../panel/x' and import('../panel/x')`],
  ])('allows %s: %s', (file, source) => {
    expect(check(file, source)).toEqual([])
  })

  it.each([
    [
      'packages/shared/src/a.ts',
      `import { openDB } from 'idb'`,
      '1: packages/shared/src may not import the package idb in a.ts',
    ],
    [
      'packages/shared/src/a.ts',
      `\nexport * from '../../sdk/src/types'`,
      '2: packages/shared/src may not import packages/sdk/src/types',
    ],
    [
      'packages/sdk/src/a.ts',
      `import type { E } from '@playhead/engine/contract/engine'`,
      `1: packages/sdk/src may not import ${E}/contract/engine`,
    ],
    ['packages/sdk/src/a.ts', `import mitt from 'mitt'`, '1: packages/sdk/src may not import the package mitt in a.ts'],
    [`${E}/api.ts`, `import { proxy } from 'comlink'`, `1: ${E} may not import the package comlink in api.ts`],
    [`${E}/api.ts`, `import { view } from '../../extension/src/panel/view'`, `1: ${E} may not import ${X}/panel/view`],
    [
      `${E}/api.ts`,
      `import { browser } from '../../extension/src/platform/browser'`,
      `1: ${E} may not import ${X}/platform/browser`,
    ],
    [
      `${X}/panel/a.ts`,
      `import { open } from '@playhead/engine/contract/engine'`,
      `1: ${X}/panel may import only types from ${E}/contract/engine`,
    ],
    [
      `${X}/panel/a.ts`,
      `\n\nawait import('@playhead/engine/contract/engine')`,
      `3: ${X}/panel may import only types from ${E}/contract/engine`,
    ],
    [
      `${X}/panel/a.ts`,
      `import polyfill from 'webextension-polyfill'`,
      `1: ${X}/panel may not import the package webextension-polyfill in a.ts`,
    ],
    [
      `${X}/panel/a.ts`,
      `new Worker(new URL('../../../engine/src/other.ts', import.meta.url))`,
      `1: ${X}/panel may not name the file ${E}/other.ts`,
    ],
    [`${X}/bridge/a.ts`, `import { r } from '@playhead/sdk'`, `1: ${X}/bridge may not import packages/sdk/src/index`],
    [`${X}/devtools/a.ts`, `import { p } from '../panel/p'`, `1: ${X}/devtools may not import ${X}/panel/p`],
    [
      'examples/grid/src/a.ts',
      `import { e } from '@playhead/shared/model/event'`,
      '1: examples/grid/src may not import packages/shared/src/model/event',
    ],
  ])('refuses %s: %s', (file, source, message) => {
    expect(check(file, source)).toEqual([message])
  })
})

/** A file of a room, by the room's name; '.' are the files of the zone itself. */
const fileIn = ({ folder }: Zone, room: string) => (room === '.' ? `${folder}/x.ts` : `${folder}/${room}/x.ts`)
const importOf = (from: string, to: string) => {
  const up = from === '.' ? './' : '../'.repeat(from.split('/').length)
  return `import { x } from '${up}${to === '.' ? '' : `${to}/`}x'`
}
const zonesWithRooms = ZONES.filter(({ rooms }) => rooms)

describe('rooms inside a zone', () => {
  it.each(zonesWithRooms.map(zone => [zone.folder, zone] as const))(
    'of %s import as the law says, and no other way',
    (_, zone) => {
      const rooms = Object.keys(zone.rooms ?? {})
      for (const from of rooms) {
        for (const to of rooms) {
          const allowed = from === to || zone.rooms?.[from]?.includes(to)
          const found = check(fileIn(zone, from), importOf(from, to))
          expect(found, `${from} → ${to}`).toEqual(
            allowed ? [] : [`1: in ${zone.folder}, ${from} may not import ${to}`],
          )
        }
      }
    },
  )

  it('must have a rule', () => {
    expect(check(`${E}/attic/x.ts`, `import { x } from '../log/x'`)).toEqual([
      `1: in ${E}, the folder attic has no rule`,
    ])
    expect(check(`${E}/log/x.ts`, `import { x } from '../search/attic/x'`)).toEqual([
      `1: in ${E}, log may not import search`,
    ])
  })

  it('keep packages to themselves', () => {
    expect(check(`${E}/log/x.ts`, `import { openDB } from 'idb'`)).toHaveLength(1)
    expect(check(`${E}/storage/x.ts`, `import { open } from 'node:fs/promises'`)).toHaveLength(1)
    expect(check(`${E}/browser/other.ts`, `import { expose } from 'comlink'`)).toHaveLength(1)
  })

  it('of a zone without a circle, without an arrow that nobody draws, without a debt that is paid', () => {
    const zone = (rest: Partial<Zone>): Zone[] => [{ folder: 'p', from: [], ...rest }]
    const drawn = [...arrowsOf('p/a/x.ts', `import '../b/x'`, zone({ rooms: { a: ['b'], b: [] } }))]
    expect(drawn).toEqual([{ zone: 'p', from: 'a', to: 'b' }])
    expect(lawProblems(drawn, zone({ rooms: { a: ['b'], b: [] } }))).toEqual([])
    expect(lawProblems(drawn, zone({ rooms: { a: ['b'], b: ['a'] } }))).toContain('p: a reaches itself')
    expect(lawProblems(drawn, zone({ rooms: { a: ['b'], b: ['c'], c: ['a'] } }))).toContain('p: b reaches itself')
    expect(lawProblems([], zone({ rooms: { a: ['b'], b: [] } }))).toEqual(['p: the arrow a → b is not used'])
    const debts = [{ file: 'b/y.ts', to: 'a', why: 'for now' }]
    expect(lawProblems(drawn, zone({ rooms: { a: ['b'], b: [] }, debts }))).toEqual([
      'p: the debt b/y.ts → a is paid: take it out',
    ])
  })

  it('may owe an arrow that is named with its reason', () => {
    const rooms = { a: [], b: [] }
    const source = `import '../a/x'`
    expect(violationsOf('p/b/y.ts', source, [{ folder: 'p', from: [], rooms }])).toHaveLength(1)
    const debts = [{ file: 'b/y.ts', to: 'a', why: 'for now' }]
    expect(violationsOf('p/b/y.ts', source, [{ folder: 'p', from: [], rooms, debts }])).toEqual([])
    expect(violationsOf('p/b/z.ts', source, [{ folder: 'p', from: [], rooms, debts }])).toHaveLength(1)
  })
})
