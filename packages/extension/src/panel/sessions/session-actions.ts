import type { Annotation, Retention } from '@playhead/engine/contract/engine'
import type { EngineClient } from '../connection/engine-client'
import type { ActionHost } from '../state/action-host'
import { forget, save } from '../state/saved'
import type { Store } from '../state/store'
import { download } from '../widgets/download'

/** What the user does with sessions: records, opens, names, bounds and deletes them. */
export function createSessionActions(store: Store, engine: EngineClient, { show, select, guard }: ActionHost) {
  const refreshSessions = () =>
    guard(
      engine
        .ask('listSessions', api => api.listSessions())
        .then(sessions => {
          store.sessions.value = sessions
        }),
    )

  return {
    refreshSessions,
    toggleRecording() {
      const recording = store.status.value?.recording ?? true
      void guard(engine.ask('setRecording', api => api.setRecording(!recording)))
    },
    clear() {
      select(-1)
      void guard(engine.ask('newSession', api => api.newSession(true)).then(() => this.openSession(null)))
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
        engine
          .ask('deleteSession', api => api.deleteSession(id))
          .then(() => {
            if (store.session.value === id) this.openSession(null)
            return refreshSessions()
          }),
      )
    },
    renameSession(id: string, name: string) {
      void guard(engine.ask('renameSession', api => api.renameSession(id, name)).then(refreshSessions))
    },
    annotateSession(id: string, change: Annotation) {
      void guard(engine.ask('annotateSession', api => api.annotateSession(id, change)).then(refreshSessions))
    },
    async setRetention(retention: Retention) {
      save({ retention })
      await guard(engine.ask('setRetention', api => api.setRetention(retention), true))
    },
    wipe() {
      store.dialog.value = 'none'
      select(-1)
      forget()
      store.filter.saved.value = []
      store.filter.recent.value = []
      void guard(engine.ask('wipe', api => api.wipe(), true).then(() => this.openSession(null)))
    },
    openAbout(id: string) {
      store.about.value = id
      store.dialog.value = 'session'
    },
    fields: (id: string) => engine.ask('fields', api => api.fields(id), true),
    summary: (id: string) => engine.ask('summary', api => api.summary(id), true),
    artifacts: (refs: readonly string[]) => engine.ask('artifacts', api => api.artifacts(refs)),
    artifact: (ref: string) => engine.ask('artifact', api => api.artifact(ref)),
    /** As bytes and nothing else: whatever it says it is, nothing opens it here. */
    saveArtifact: (name: string, data: ArrayBuffer) =>
      download(new Blob([data], { type: 'application/octet-stream' }), name),
  }
}

export type SessionActions = ReturnType<typeof createSessionActions>
