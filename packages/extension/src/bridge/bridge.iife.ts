import { type Bridge, startBridge } from './bridge'

// Injected again and again by the panel: only the first counts, unless the extension it belonged to is gone.
const world = globalThis as { playheadBridge?: Bridge }
if (!world.playheadBridge?.alive()) {
  world.playheadBridge?.dispose()
  world.playheadBridge = startBridge()
}
