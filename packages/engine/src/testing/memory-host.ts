import type { EngineHost } from '../host'
import { localLocks } from '../storage/local-locks'
import { blobExports } from '../transfer/sink'
import { inPlace } from './in-place'

/** A host of which nothing outlives the engine. `over` puts in what a test looks at. */
export function memoryHost(over: Partial<EngineHost> = {}): EngineHost {
  return {
    disk: name => {
      throw new Error(`there is no disk for ${name}`)
    },
    locks: localLocks(),
    peers: () => ({ tell() {}, close() {} }),
    exports: blobExports,
    regex: inPlace,
    quota: async () => ({ usage: 0, quota: 0 }),
    clock: { now: () => Date.now(), elapsed: () => performance.now() },
    agent: 'test',
    ...over,
  }
}
