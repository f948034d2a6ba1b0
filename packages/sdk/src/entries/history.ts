import type { HistoryExtension } from '../api/extensions'
import { createHistory } from '../history/history'
import { historySource } from '../history/source'
import { asExtension } from '../recorder/extensions'

/** Lets the lean recorder look back: `createRecorder({ extensions: [history()] })`. */
export function history(): HistoryExtension {
  return asExtension({ kind: 'history', connect: internals => createHistory(historySource(internals)) })
}
