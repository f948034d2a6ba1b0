import { describe, expect, it } from 'vitest'
import { violationsOf } from './import-rules.ts'

const X = 'packages/extension/src'
const E = 'packages/engine/src'
const check = (file: string, source: string) => violationsOf(file, source).map(v => `${v.line}: ${v.message}`)

describe('import direction', () => {
  it.each([
    ['packages/shared/src/a.ts', `import * as v from 'valibot'\nimport { b } from './b'`],
    ['packages/sdk/src/a.ts', `import { ulid } from 'ulid'\nimport { b } from '@playhead/shared/model/b'`],
    ['packages/sdk/src/entries/mitt.ts', `import { attach } from '../adapters/mitt'`],
    [`${E}/browser/entry.ts`, `import { expose } from 'comlink'`],
    [`${E}/storage/db.ts`, `import { openDB } from 'idb'\nimport type { Parts } from '../contract/engine'`],
    [`${X}/panel/views/list.tsx`, `import { useState } from 'preact/hooks'\nimport './list.css'`],
    [
      `${X}/panel/client.ts`,
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
      '1: packages/shared/src may not import the package idb',
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
    ['packages/sdk/src/a.ts', `import mitt from 'mitt'`, '1: packages/sdk/src may not import the package mitt'],
    [`${E}/api.ts`, `import { proxy } from 'comlink'`, `1: ${E} may not import the package comlink`],
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
      `1: ${X}/panel may not import the package webextension-polyfill`,
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
