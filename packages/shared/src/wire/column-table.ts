import type { EventColumns } from './columns'
import { Section } from './sections'

type ColumnArray =
  | Uint8ArrayConstructor
  | Uint16ArrayConstructor
  | Uint32ArrayConstructor
  | Float32ArrayConstructor
  | Float64ArrayConstructor
type ColumnName = {
  [K in keyof EventColumns]: EventColumns[K] extends
    | Uint8Array
    | Uint16Array
    | Uint32Array
    | Float32Array
    | Float64Array
    ? K
    : never
}[keyof EventColumns]

/** The columns of every container of events, in the order they are written. One that is absent is all zeros. */
export const COLUMNS: readonly [name: ColumnName, kind: number, array: ColumnArray][] = [
  ['n', Section.n, Uint32Array],
  ['take', Section.take, Uint16Array],
  ['time', Section.time, Float64Array],
  ['type', Section.type, Uint16Array],
  ['source', Section.source, Uint16Array],
  ['kind', Section.kind, Uint8Array],
  ['level', Section.level, Uint8Array],
  ['flags', Section.flags, Uint8Array],
  ['via', Section.via, Uint8Array],
  ['causeN', Section.causeN, Uint32Array],
  ['causeKind', Section.causeKind, Uint8Array],
  ['duration', Section.duration, Float32Array],
  ['payloadEnds', Section.payloadEnds, Uint32Array],
]
