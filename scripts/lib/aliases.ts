import { fromRoot } from './paths.ts'

/** The aliases of tsconfig.base.json that lead to sources, in the form that bundlers and tests take. */
export const aliases = [
  { find: /^@playhead\/shared\/(.*)$/, replacement: `${fromRoot('packages/shared/src')}/$1` },
  { find: /^@playhead\/engine\/(.*)$/, replacement: `${fromRoot('packages/engine/src')}/$1` },
  { find: /^@playhead\/sdk$/, replacement: fromRoot('packages/sdk/src/index.ts') },
  { find: /^@playhead\/sdk\/(.*)$/, replacement: `${fromRoot('packages/sdk/src/entries')}/$1` },
]
