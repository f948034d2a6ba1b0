import { Flag, LEVELS, type Level, RECORDING } from '@playhead/shared/model/event'
import { eventId } from '@playhead/shared/model/id'
import { Limits, WIRE_VERSION } from '@playhead/shared/wire/limits'
import type { HelloMessage } from '@playhead/shared/wire/messages'
import { Artifacts } from './artifacts'
import { attachBus, type BusHost, recordMiddleware } from './bus'
import { Decisions, kindOf, levelOf } from './decisions'
import { Descriptions } from './descriptions'
import type { HistoryHost } from './history/host'
import { hide, show } from './hook'
import { Journal } from './journal'
import { Connection } from './link/connection'
import type { LinkOwner } from './link/link'
import type { Transport } from './link/transport'
import { takePrevious, writePrevious } from './link/unload'
import { clearTimer, listen, now, page, scope, setTimer, timeOrigin, wall, warnOnce } from './natives'
import { type Settings, settings } from './options'
import { redactUrl } from './redact-url'
import type { ReplayExtension, Replayer, ReplayHost } from './replay-host'
import { BATCH_ROWS } from './rows'
import { Schemas } from './schemas'
import { States } from './states'
import type { EventOptions, History, Recorder, RecorderOptions, ReplayHooks } from './types'
import { ulid } from './ulid'
import { SDK_VERSION } from './version'

/** ms an event waits for company. */
const BATCH_DELAY = 16
const DEFAULT_SOURCE = 'app'

/** The working recorder: ties journal, link, states and extensions together. `load` brings the transport unless an extension does. */
export function startRecorder(
  options: RecorderOptions,
  load: () => Promise<Transport>,
): Recorder & { history?: History } {
  const config = settings(options)
  const id = ulid()
  const journal = new Journal(id, config)
  const states = new States(journal.keys)
  const schemas = new Schemas(journal.policy.types)
  const descriptions = new Descriptions()
  const hooks: ReplayHooks[] = []
  const own = new Decisions(journal.policy, {})
  const defaultSource = journal.sources.of(DEFAULT_SOURCE)
  const stops: (() => void)[] = []
  let previous = takePrevious(config.name)
  let replayer: Replayer | undefined
  let parseReplay: ReplayExtension['parse'] | undefined
  let timer: unknown
  /** Between `pagehide` and the end, or the return from the back/forward cache. */
  let leaving = false
  let disposed = false

  const flush = () => {
    if (timer !== undefined) clearTimer(timer as never)
    timer = undefined
    journal.close()
    connection.link?.pump()
  }
  const about = aboutOf(options, config, value => journal.text(value))
  const guardedFlush = () => guard(flush)

  const owner: LinkOwner & { linkLost(): void } = {
    buffer: journal.buffer,
    get emitted() {
      return journal.emitted
    },
    hello: (): HelloMessage => ({
      t: 'hello',
      wire: WIRE_VERSION,
      producer: id,
      name: config.name,
      app: config.app,
      sdk: SDK_VERSION,
      ...place(href => redactUrl(href, key => journal.keys.redacts(key))),
      timeOrigin,
      now: now(),
      wall: wall(),
      level: LEVELS[journal.policy.level] as Level,
      facets: config.facets.map(name => ({ name })),
      attachments: journal.attachments.infos,
      states: states.names,
      emitted: journal.emitted,
      oldest: journal.oldest,
      ...(about && { about }),
      previous,
      probe: new ArrayBuffer(8),
    }),
    get schemas() {
      return schemas.list
    },
    get descriptions() {
      return descriptions.list
    },
    encodeGaps: gaps => (connection.transport as Transport).encodeGaps(id, journal.nextBatch(), journal.emitted, gaps),
    closeOpen: () => journal.close(),
    welcomed() {
      previous = null
      artifacts.sendAll()
      if (!journal.keyframesLost) return
      journal.keyframesLost = false
      owner.keyframes()
    },
    configure(recording, level) {
      journal.setRecording(recording)
      journal.setLevel(level ?? (LEVELS[config.level] as Level), config.level)
    },
    keyframes: () => {
      keyframe('request')
      flush()
    },
    kept: number => artifacts.settle(number),
    get parseReplay() {
      return parseReplay
    },
    replay: command => replayer?.command(command),
    linkLost() {
      replayer?.linkLost()
      // The pause was the panel's; the flight recorder goes on.
      journal.setRecording(true)
      journal.setLevel(LEVELS[config.level] as Level, config.level)
    },
  }
  const built = options.extensions?.find(extension => extension.kind === 'link')?.transport
  journal.encodeRows = built?.encodeRows
  const connection = new Connection(id, config.panelOrigins, owner, now, built, async () => {
    const loaded = await load()
    journal.encodeRows = loaded.encodeRows
    return loaded
  })

  const keyframe = (why: 'start' | 'request' | 'end') => {
    for (const name of states.names) {
      const json = states.text(name)
      if (json !== undefined) journal.addKeyframe(name, json, why)
    }
  }

  const flushSoon = () => {
    if (timer === undefined && connection.link !== undefined) timer = setTimer(guardedFlush, BATCH_DELAY)
  }
  const artifacts = new Artifacts({
    get emitted() {
      return journal.emitted
    },
    mark(name, data, time, afterN) {
      if (disposed) return
      journal.addMark('artifact', name, data, time, afterN)
      flushSoon()
    },
    send(message) {
      // Its mark first: once the bytes are on disk, so is the mark.
      flush()
      return (connection.link?.open && connection.link.post(message, [message.data])) ?? false
    },
  })
  journal.onFirstRow = flushSoon
  journal.onFull = () => {
    if (leaving) leave(false)
    else connection.link?.pump()
  }

  /** Gets everything out before the page goes; from then on each event by itself. */
  const leave = (first: boolean) =>
    guard(() => {
      journal.close()
      if (!connection.transport?.deliverLast(first, id, connection, owner)) {
        writePrevious(config.name, { producer: id, emitted: journal.emitted, sent: journal.buffer.taken })
      }
    })

  if (page) {
    stops.push(
      listen(page, 'pagehide', () => {
        leaving = true
        journal.closeAt = 1
        leave(true)
      }),
      listen(page, 'pageshow', (event: PageTransitionEvent) => {
        if (!event.persisted) return
        guard(() => {
          leaving = false
          journal.closeAt = BATCH_ROWS
          writePrevious(config.name, null)
          // The port did not survive the cache, and does not say so.
          connection.link?.drop()
          connection.announce()
        })
      }),
    )
  }

  const bus: BusHost = { journal, isolated: false, disposed: () => disposed }

  const recorder: Recorder & { history?: History } = {
    enabled: true,
    id,
    middleware: options => recordMiddleware(bus, options ?? {}),
    attach: (adapter, options) => {
      const detach = attachBus(bus, adapter, options ?? {})
      stops.push(detach)
      return () => {
        const at = stops.indexOf(detach)
        if (at >= 0) stops.splice(at, 1)
        detach()
      }
    },
    record(type, payload, options) {
      if (disposed) return undefined
      try {
        const decision = own.of(type)
        let n = 0
        if (options === undefined) {
          if (!decision.recorded) return undefined
          n = journal.append(decision, defaultSource, 0, payload)
        } else n = recordWith(options, decision, payload)
        return n === 0 ? undefined : eventId(id, n)
      } catch (error) {
        warnOnce('an event could not be recorded', error)
        return undefined
      }
    },
    within(cause, fn) {
      const { stack } = journal
      const depth = stack.depth
      try {
        stack.pushCause(cause)
      } catch {
        // `cause` is no text at all.
      }
      try {
        return fn()
      } finally {
        stack.depth = depth
      }
    },
    current: () => journal.stack.id,
    state(name, access) {
      if (disposed) return () => {}
      const unregister = states.register(String(name).slice(0, Limits.name), access as never)
      guard(() => {
        const json = states.text(name)
        if (json !== undefined) journal.addKeyframe(name, json, 'start')
        if (connection.link) flush()
      })
      return unregister
    },
    onReplay(given) {
      hooks.push(given)
      return () => {
        const at = hooks.indexOf(given)
        if (at >= 0) hooks.splice(at, 1)
      }
    },
    schema(type, schema, { version = '' } = {}) {
      let unregister: (() => void) | undefined
      guard(() => {
        unregister = schemas.add(String(type), schema, String(version).slice(0, Limits.name))
        connection.link?.schemas()
      })
      return () => guard(() => unregister?.())
    },
    describe: types =>
      guard(() => {
        descriptions.add(types)
        connection.link?.describe()
      }),
    mark: (name, kind = 'custom', data) =>
      guard(() => {
        // What a replay passes is no boundary of the recording.
        if (disposed || journal.take !== RECORDING) return
        journal.addMark(kind, String(name), data === undefined ? undefined : journal.text(data))
        flushSoon()
      }),
    artifact: (name, data, options) =>
      guard(() => {
        if (!disposed && journal.take === RECORDING) artifacts.add(String(name), data, options?.type)
      }),
    acceptPort: port => guard(() => disposed || connection.accept(port, '', false)),
    dispose() {
      if (disposed) return
      guard(flush)
      disposed = true
      for (const stop of stops.splice(0)) guard(stop)
      artifacts.clear()
      guard(() => replayer?.dispose())
      guard(() => connection.dispose())
      hide(id)
    },
  }

  function recordWith(options: EventOptions, decision: ReturnType<Decisions['of']>, payload: unknown): number {
    const plain = options.level === undefined && options.kind === undefined
    const level = plain ? decision.level : levelOf(options)
    if (!decision.included || level > journal.policy.level) return 0
    const kind = plain ? decision.kind : kindOf(options, level)
    const source =
      options.source === undefined ? defaultSource : journal.sources.of(options.source.slice(0, Limits.name))
    const flags = decision.flags | (options.input ? Flag.input : 0)
    const { causedBy } = options
    const causes = causedBy === undefined ? undefined : Array.isArray(causedBy) ? causedBy : [causedBy]
    return journal.write(decision.type, level, kind, flags, source, 0, payload, causes)
  }

  const replayHost: ReplayHost = {
    producer: id,
    origin: page?.location.origin ?? '',
    now,
    send: report => connection.link?.post(report),
    target: via => journal.attachments.target(via),
    targets: () => journal.attachments.targets(),
    setTake(take, inputs = take) {
      journal.take = take
      journal.inputTake = inputs
    },
    step(emit) {
      const { stack } = journal
      const { depth } = stack
      const before = journal.stepDepth
      stack.pushCause(undefined)
      journal.stepDepth = stack.depth
      try {
        emit()
      } finally {
        stack.depth = depth
        journal.stepDepth = before
      }
    },
    setIsolated(isolated) {
      bus.isolated = isolated
    },
    state: name => states.get(name),
    states: () => states.names,
    keyframe: why => guard(() => keyframe(why)),
    hooks: () => [...hooks],
    flush: () => guard(flush),
    warn: warnOnce,
  }
  const historyHost: HistoryHost = {
    producer: id,
    get emitted() {
      return journal.emitted
    },
    get missing() {
      return journal.buffer.missing
    },
    get artifacts() {
      const { kept, bytes, lost } = artifacts
      return { kept, bytes, lost }
    },
    batches() {
      journal.close()
      return journal.buffer.batches
    },
  }
  for (const extension of options.extensions ?? []) {
    if (extension.kind === 'history') {
      journal.encodeRows = extension.encodeRows
      recorder.history = extension.connect(historyHost)
    } else if (extension.kind === 'replay') {
      parseReplay = extension.parse
      replayer = extension.connect(replayHost)
    }
  }

  show(id)
  connection.announce()
  return recorder
}

function guard(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    warnOnce('internal error', error)
  }
}

/** `tell`: an address without what nobody should know. */
function place(tell: (href: string) => string): Pick<HelloMessage, 'url' | 'origin' | 'title' | 'context'> {
  if (page) {
    const context = page.parent === page ? 'top' : 'frame'
    return {
      url: tell(page.location.href).slice(0, 2048),
      origin: page.location.origin,
      // Markup can put an element in its place (`<img name="title">`).
      title: String(page.document.title).slice(0, 256),
      context,
    }
  }
  const worker = scope.location
  if (worker) return { url: tell(worker.href).slice(0, 2048), origin: worker.origin, title: '', context: 'worker' }
  return { url: '', origin: '', title: '', context: 'node' }
}

/** What the app says of itself; a configuration that is too large is left out. */
function aboutOf(
  { config }: RecorderOptions,
  { version, seed }: Settings,
  encode: (value: unknown) => string | undefined,
): HelloMessage['about'] {
  const json = (config !== undefined && encode(config)) || ''
  return version || seed || json ? { version, seed, config: json.length > Limits.config ? '' : json } : undefined
}
