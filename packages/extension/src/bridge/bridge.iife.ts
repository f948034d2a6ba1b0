import { type Bridge, startBridge } from './bridge'

// The panel injects this script again and again. The first bridge stays, unless the extension that it belonged to is gone.
const world = globalThis as { playheadBridge?: Bridge }
if (!world.playheadBridge?.alive()) {
  world.playheadBridge?.dispose()
  world.playheadBridge = startBridge()
}
