import type { ExportFormat } from '@playhead/engine/contract/transfer'
import type { PanelEngine } from '../connection/engine-client'
import type { ActionHost } from '../state/action-host'
import type { ImportChoices, Store } from '../state/store'
import { download } from '../widgets/download'
import type { SessionActions } from './session-actions'

/** Files, both ways. */
export function createTransferActions(
  store: Store,
  engine: PanelEngine,
  {
    refreshSessions,
    openSession,
    guard,
  }: Pick<ActionHost, 'guard'> & Pick<SessionActions, 'refreshSessions' | 'openSession'>,
) {
  return {
    async exportSession(format: ExportFormat) {
      const id = store.shown.value?.id
      if (!id) return
      store.message.value = null
      await guard(
        engine.transfer.export(id, format).then(result => {
          if (result.ok) download(result.value.blob, result.value.name)
          else if (result.message !== 'cancelled') {
            store.message.value = { text: `The export failed: ${result.message}`, where: '' }
          }
        }),
      )
    },
    /** One file, or the parts of one session. */
    async importFiles(files: readonly File[], how: ImportChoices = { onDuplicate: 'ask', onBadLine: 'ask' }) {
      const [first] = files
      if (!first) return
      const name = files.length > 1 ? `${files.length} files` : first.name
      store.dialog.value = 'none'
      store.message.value = null
      await guard(
        engine.transfer.import(files, name, how.onDuplicate, how.onBadLine).then(async result => {
          if (result.ok) {
            await refreshSessions()
            openSession(result.session)
            if (result.warnings.length > 0) {
              store.message.value = { text: `${name} was imported, but: ${result.warnings.join('; ')}`, where: '' }
            }
          } else if ('duplicate' in result) {
            store.duplicate.value = { files, name, how, session: result.duplicate }
            store.dialog.value = 'duplicate'
          } else if ('badLine' in result) {
            store.badLine.value = { files, name, how, ...result.badLine }
            store.dialog.value = 'bad-line'
          } else if (result.message !== 'cancelled') {
            store.message.value = { text: `${name} was not imported: ${result.message}`, where: result.where }
          }
        }),
      )
    },
    cancelTransfer: () => void guard(engine.transfer.cancel()),
  }
}
