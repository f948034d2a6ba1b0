import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { ReplayDialog } from '../replay/replay-dialog'
import { BadLineDialog } from '../sessions/bad-line-dialog'
import { SessionDialog } from '../sessions/session-dialog'
import { StorageDialog } from '../sessions/storage-dialog'
import { usePanel } from '../state/context'
import { count } from '../widgets/format'
import { keyList } from './keys'
import { Palette } from './palette'
import { Sites } from './sites'

export function Dialogs() {
  const { store, actions, commands } = usePanel()
  const duplicate = store.duplicate.value
  switch (store.dialog.value) {
    case 'keys':
      return (
        <Dialog title="Keys">
          <dl class="facts">
            {keyList(commands).map(({ keys, does }) => (
              <>
                <dt key={`${keys}:keys`}>
                  {keys.split('  ').map(key => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd key={keys}>{does}</dd>
              </>
            ))}
          </dl>
        </Dialog>
      )
    case 'palette':
      return (
        <Dialog title="Commands">
          <Palette />
        </Dialog>
      )
    case 'sites':
      return (
        <Dialog title="Allowed sites">
          <Sites />
        </Dialog>
      )
    case 'session':
      return (
        <Dialog title="About this session">
          <SessionDialog />
        </Dialog>
      )
    case 'storage':
      return (
        <Dialog title="Storage and limits">
          <StorageDialog />
        </Dialog>
      )
    case 'wipe':
      return (
        <Dialog title="Delete everything stored?">
          <p>All sessions and everything Playhead keeps on this disk go. This cannot be undone.</p>
          <button type="button" class="danger" data-testid="wipe" onClick={() => actions.sessions.wipe()}>
            Delete everything
          </button>
        </Dialog>
      )
    case 'duplicate':
      return duplicate ? (
        <Dialog title="This session is here already">
          <p>
            “{duplicate.session.name || duplicate.session.origin}” with {count(duplicate.session.events)} events has the
            same id as the one in {duplicate.name}.
          </p>
          <div class="dialog-actions">
            <button
              type="button"
              data-testid="duplicate-replace"
              onClick={() =>
                void actions.transfer.import(duplicate.files, { ...duplicate.how, onDuplicate: 'replace' })
              }
            >
              Replace it
            </button>
            <button
              type="button"
              data-testid="duplicate-copy"
              onClick={() => void actions.transfer.import(duplicate.files, { ...duplicate.how, onDuplicate: 'copy' })}
            >
              Keep both
            </button>
          </div>
        </Dialog>
      ) : null
    case 'bad-line':
      return (
        <Dialog title="Not all of it can be read">
          <BadLineDialog />
        </Dialog>
      )
    case 'replay':
      return (
        <Dialog title="Replay into the page">
          <ReplayDialog />
        </Dialog>
      )
    default:
      return null
  }
}

function Dialog({ title, children }: { title: string; children: ComponentChildren }) {
  const { actions } = usePanel()
  const dialog = useRef<HTMLDialogElement>(null)
  const close = () => actions.panel.open('none')
  // A layout effect, so that it happens before the next key: what is typed at once belongs to the dialog.
  useLayoutEffect(() => {
    const { current } = dialog
    current?.showModal()
    current?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => current?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby="dialog-title"
      data-testid="dialog"
      // A dialog that was removed tells that it closed later, when another one may be open.
      onClose={({ currentTarget }) => currentTarget.isConnected && close()}
    >
      <header>
        <h2 id="dialog-title">{title}</h2>
        <button type="button" class="icon" aria-label="Close" data-testid="dialog-close" onClick={close}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  )
}
