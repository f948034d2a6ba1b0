import type { Extension } from '../api/types'
import { createHistory } from '../history/history'
import { historyHost } from '../history/source'

/** Lets the lean recorder look back: `createRecorder({ extensions: [history()] })`. */
export function history(): Extension {
  return { kind: 'history', connect: core => createHistory(historyHost(core)) }
}
