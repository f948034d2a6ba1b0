import type { Annotation, Retention } from '@playhead/engine/contract/sessions'
import type { PanelEngine } from '../connection/engine-client'
import type { ActionHost } from '../state/action-host'
import { forget, save } from '../state/saved'
import type { Store } from '../state/store'
import { download } from '../widgets/download'

/** What the user does with sessions: records, opens, names, bounds and deletes them. */
export function createSessionActions(store: Store, engine: PanelEngine, { show, select, guard }: ActionHost) {
  const refreshSessions = () =>
    guard(
      engine.sessions.list().then(sessions => {
        store.sessions.value = sessions
      }),
    )

  return {
    refreshSessions,
    toggleRecording() {
      const recording = store.status.value?.recording ?? true
      void guard(engine.sessions.setRecording(!recording))
    },
    clear() {
      select(-1)
      void guard(engine.sessions.begin(true).then(() => this.openSession(null)))
    },
    openSession(id: string | null) {
      select(-1)
      store.session.value = id
      store.table.unfolded.value = new Map()
      show()
      void refreshSessions()
    },
    deleteSession(id: string) {
      void guard(
        engine.sessions.remove(id).then(() => {
          if (store.session.value === id) this.openSession(null)
          return refreshSessions()
        }),
      )
    },
    renameSession(id: string, name: string) {
      void guard(engine.sessions.rename(id, name).then(refreshSessions))
    },
    annotateSession(id: string, change: Annotation) {
      void guard(engine.sessions.annotate(id, change).then(refreshSessions))
    },
    async setRetention(retention: Retention) {
      save({ retention })
      await guard(engine.sessions.setRetention(retention))
    },
    wipe() {
      store.dialog.value = 'none'
      select(-1)
      forget()
      store.filter.saved.value = []
      store.filter.recent.value = []
      void guard(engine.sessions.wipe().then(() => this.openSession(null)))
    },
    openAbout(id: string) {
      store.about.value = id
      store.dialog.value = 'session'
    },
    fields: (id: string) => engine.read.fields(id),
    summary: (id: string) => engine.sessions.summary(id),
    artifacts: (refs: readonly string[]) => engine.sessions.artifacts(refs),
    artifact: (ref: string) => engine.sessions.artifact(ref),
    /** As bytes and nothing else: whatever it says it is, nothing opens it here. */
    saveArtifact: (name: string, data: ArrayBuffer) =>
      download(new Blob([data], { type: 'application/octet-stream' }), name),
  }
}

export type SessionActions = ReturnType<typeof createSessionActions>
