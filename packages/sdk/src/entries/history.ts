import { createHistory } from '../history/history'
import { encodeRows } from '../link/encode-rows'
import type { Extension } from '../types'

/** Lets the lean recorder look back: `createRecorder({ extensions: [history()] })`. */
export function history(): Extension {
  return { kind: 'history', encodeRows, connect: createHistory }
}
