import type { ExportFormat } from '@playhead/engine/contract/transfer'
import type { PanelEngine } from '../connection/engine-client'
import type { ExportScope, SessionActions, TransferActions } from '../state/actions/sessions'
import { guard, showMessage } from '../state/report'
import type { ImportChoices, Store } from '../state/store'
import { download } from '../widgets/download'

/** What an import does where the user was not asked yet: it asks. */
const ASK: ImportChoices = { onDuplicate: 'ask', onBadLine: 'ask' }

function chosenBy(store: Store, scope: ExportScope): Pick<ExportFormat, 'only'> {
  if (scope === 'selected') return { only: { seqs: [...store.table.selection.value] } }
  const view = store.view.value
  return scope === 'shown' && view ? { only: { view: view.view } } : {}
}

export function createTransferActions(
  store: Store,
  { transfer }: Pick<PanelEngine, 'transfer'>,
  sessions: Pick<SessionActions, 'refresh' | 'open'>,
): TransferActions {
  const importFiles = async (files: readonly File[], name: string, how: ImportChoices) => {
    const result = await transfer.import(files, name, how.onDuplicate, how.onBadLine)
    if (result.ok) {
      await sessions.refresh()
      sessions.open(result.session)
      if (result.warnings.length > 0) showMessage(store, `${name} was imported, but: ${result.warnings.join('; ')}`)
    } else if ('duplicate' in result) {
      store.duplicate.value = { files, name, how, session: result.duplicate }
      store.dialog.value = 'duplicate'
    } else if ('badLine' in result) {
      store.badLine.value = { files, name, how, ...result.badLine }
      store.dialog.value = 'bad-line'
    } else if (result.message !== 'cancelled') {
      showMessage(store, `${name} was not imported: ${result.message}`, result.where)
    }
  }

  return {
    async export(format, scope = 'all') {
      const id = store.shown.value?.id
      if (!id) return
      store.message.value = null
      await guard(
        store,
        transfer.export(id, { ...format, ...chosenBy(store, scope) }).then(result => {
          if (result.ok) for (const { blob, name } of result.value.parts) download(blob, name)
          else if (result.message !== 'cancelled') showMessage(store, `The export failed: ${result.message}`)
        }),
      )
    },
    async import(files, how = ASK) {
      const [first] = files
      if (!first) return
      store.dialog.value = 'none'
      store.message.value = null
      await guard(store, importFiles(files, files.length > 1 ? `${files.length} files` : first.name, how))
    },
    cancel: () => void guard(store, transfer.cancel()),
  }
}
