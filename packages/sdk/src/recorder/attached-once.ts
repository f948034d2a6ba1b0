import type { Adapter } from '../api/adapter'
import { guard } from '../page/guard'
import { scope, warnOnce } from '../page/natives'

/** One recorder's attachment to one bus. */
interface Attachment {
  recorder: string
  name: string
  part: string | undefined
  /** How many of the app's `attach` calls it stands for. */
  users: number
  disconnect(): void
}

type Registry = WeakMap<object, Attachment[]>

const KEY = Symbol.for('playhead.buses')

/** Who is attached to which bus, for all copies of the SDK in this page: a hot reload may load the SDK again, too. */
function registry(): Registry {
  const world = scope as { [KEY]?: Registry }
  if (world[KEY] instanceof WeakMap) return world[KEY]
  const fresh: Registry = new WeakMap()
  guard(() => Object.defineProperty(world, KEY, { value: fresh, configurable: true }))
  return fresh
}

/**
 * Attaches a recorder to a bus once: a second attachment of the same recorder (StrictMode runs effects twice) shares the first one, which
 * ends when both are detached. A recorder of the same name that a reloaded module left behind is detached first. What `connect` throws
 * passes through. Returns a function that detaches.
 */
export function shareBus(recorder: string, name: string, adapter: Adapter, connect: () => () => void): () => void {
  const { bus = adapter, part } = adapter
  const all = registry()
  const here = all.get(bus) ?? []
  let mine = here.find(other => other.recorder === recorder && other.part === part)
  if (mine) {
    mine.users++
    warnOnce(
      `"${name}" is attached to this bus already (${adapter.name}): the first attachment goes on, with its options`,
    )
  } else {
    for (const older of here.filter(other => other.name === name && other.recorder !== recorder)) {
      warnOnce(`a second recorder "${name}" takes over a bus from the first`)
      end(here, older)
    }
    mine = { recorder, name, part, users: 1, disconnect: connect() }
    here.push(mine)
    all.set(bus, here)
  }
  const attached = mine
  let left = false
  return () => {
    if (left) return
    left = true
    if (--attached.users === 0) end(here, attached)
  }
}

function end(here: Attachment[], attachment: Attachment): void {
  const at = here.indexOf(attachment)
  if (at < 0) return
  here.splice(at, 1)
  guard(attachment.disconnect)
}
