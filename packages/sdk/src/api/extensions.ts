/**
 * What `createRecorder({ extensions })` takes. `history()`, `replay()`, `link()` and `values()` make these; what is in them is the SDK's own and may
 * change with any version, so an app can pass them on but not read them or make its own.
 */
export type Extension = HistoryExtension | ReplayExtension | LinkExtension | ValuesExtension

declare const kind: unique symbol

/** Lets the app look back over the page's buffer: `recorder.history`. */
export interface HistoryExtension {
  readonly [kind]: 'history'
}

/** Lets a panel replay recorded events into the page. */
export interface ReplayExtension {
  readonly [kind]: 'replay'
}

/** Builds the link to the panel in, rather than loading it when a panel first offers itself. */
export interface LinkExtension {
  readonly [kind]: 'link'
}

/** Lets the recorder read the platform's values and those of libraries. */
export interface ValuesExtension {
  readonly [kind]: 'values'
}

export interface ReplayOptions {
  /** Show a banner in the page while a replay is active. Default: true. */
  banner?: boolean
  /** `precise` (default) spends the last millisecond before each step in a loop; `light` leaves it to timers. */
  timing?: 'precise' | 'light'
}
