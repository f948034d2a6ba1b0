import type { ReplayCommand } from '@playhead/shared/wire/messages'
import type { Extension, HistoryExtension, LinkExtension, ReplayExtension, ValuesExtension } from '../api/extensions'
import type { History } from '../api/history'
import type { RecorderInternals } from './internals'
import type { PanelConnector } from './panel-connection'

/** What `history()` brings: a way to look back over the buffer. */
export interface HistoryFeature {
  kind: 'history'
  connect(internals: RecorderInternals): History
}

/** What `replay()` brings: a replayer, and the parser of the commands that it takes. */
export interface ReplayFeature {
  kind: 'replay'
  /** Checks a command that came over the link. Throws WireError. */
  parse(message: Record<string, unknown>): ReplayCommand
  connect(internals: RecorderInternals): Replayer
}

/** What `link()` brings: the code that makes connections, which is loaded on demand where nobody brings it. */
export interface LinkFeature {
  kind: 'link'
  connector: PanelConnector
}

/** What `values()` brings is in place as soon as it is called. */
export interface ValuesFeature {
  kind: 'values'
}

export type Feature = HistoryFeature | ReplayFeature | LinkFeature | ValuesFeature

/** What the recorder asks of a replayer. */
export interface Replayer {
  /** Obeys a validated command that came over the link. Must not throw. */
  command(command: ReplayCommand): void
  /** The link is gone or was replaced: the replay stops and the live state comes back. Must not throw. */
  linkLost(): void
  dispose(): void
}

interface Opaque {
  history: HistoryExtension
  replay: ReplayExtension
  link: LinkExtension
  values: ValuesExtension
}

/**
 * Gives a feature the opaque type under which an app passes it to `createRecorder`. The object stays the same: the API's types hide what
 * is in it, so that the recorder's internals may change without a change of the API.
 */
export function asExtension<F extends Feature>(feature: F): Opaque[F['kind']] {
  return feature as unknown as Opaque[F['kind']]
}

/** The way back: every extension was made by `asExtension`. */
export function featureOf(extension: Extension): Feature {
  return extension as unknown as Feature
}
