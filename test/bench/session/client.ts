/** Runs in a page of the extension: its own built engine, asked without a panel in between. */
import { parseFilter } from '@playhead/shared/filter/parse'
import { proxy, type Remote, transfer, wrap } from 'comlink'
import type { EngineApi } from '../../../packages/engine/src/contract/engine'
import type { EngineNotice, EngineStatus } from '../../../packages/engine/src/contract/status'
import type { ViewStatus } from '../../../packages/engine/src/contract/view'
import { FakePage } from '../../../packages/engine/src/testing/fake-page'
import { makeBatchBytes, testProducer } from '../../../packages/engine/src/testing/make-batch'
import { MIXED_TYPES, mixedPayload, mixedType } from '../workload'

const DATABASE = 'bench'
const BATCH = 256
/** Batches between two waits for the disk: what a page may have under way. */
const PATIENCE = 64
const TYPES = Array.from(
  { length: MIXED_TYPES },
  (_, i) => `${['row', 'tx', 'clock', 'grid', 'agent'][i % 5]}:type${i}`,
)
const LINK = { link: 1, tab: 'run-1', origin: 'http://localhost', frame: 'top' as const }
const SOURCES = ['core', 'user', 'plugin:x']

export interface Search {
  /** ms from the question to the first 50 (or to the end, where there are fewer), and to the end. */
  first: number
  all: number
  matched: number
}

export class BenchClient {
  private api: EngineApi | undefined
  private worker: Worker | undefined
  private notices = new Set<(notice: EngineNotice) => void>()
  private status: EngineStatus | undefined

  async start(entry: string, textBudget: number): Promise<void> {
    this.worker = new Worker(entry, { type: 'module' })
    this.api = wrap<EngineApi>(this.worker) as Remote<EngineApi> as unknown as EngineApi
    await this.api.subscribe(
      proxy((notice: EngineNotice) => {
        if (notice.t === 'status') this.status = notice.status
        for (const listener of this.notices) listener(notice)
      }),
    )
    await this.api.start({ database: DATABASE, persistent: true, maxEvents: 1e9, textBudget })
  }

  stop(): void {
    this.worker?.terminate()
  }

  /** Records events of 30 types with payloads of about 200 bytes, as fast as they are taken in. Resolves when all are on disk: ms. */
  async record(events: number): Promise<number> {
    const api = this.engine
    const page = new FakePage(api, testProducer(1), LINK)
    await page.open()
    let spent = 0
    for (let done = 0, turn = 0; done < events; done += BATCH, turn++) {
      const count = Math.min(BATCH, events - done)
      const data = batchOf(done + 1, count)
      const start = performance.now()
      const taken = api.links.receive(page.link.link, transfer({ t: 'batch', data }, [data]))
      if (turn % PATIENCE === 0) await taken
      spent += performance.now() - start
    }
    const start = performance.now()
    await api.sessions.flush()
    return spent + performance.now() - start
  }

  /** Resolves when every chunk that can be is compressed. */
  async compressed(): Promise<{ chunks: number; saved: number; disk: number }> {
    for (;;) {
      const { status } = this
      if (status && status.compressedChunks > 0 && status.rawChunks <= 1) {
        return { chunks: status.compressedChunks, saved: status.savedBytes, disk: status.disk }
      }
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }

  /** Resolves when everything in view that can be is summed up for searches. */
  async indexed(): Promise<{ chunks: number; ms: number }> {
    const start = performance.now()
    for (;;) {
      const { indexedChunks = 0, indexableChunks = 0 } = this.status ?? {}
      if (indexableChunks > 0 && indexedChunks === indexableChunks) {
        return { chunks: indexedChunks, ms: performance.now() - start }
      }
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }

  /** ms from opening the newest session to its first rows. */
  async open(): Promise<{ ms: number; events: number; session: string }> {
    const { api } = { api: this.engine }
    const [newest] = await api.sessions.list()
    const session = newest?.id ?? ''
    const start = performance.now()
    const { view, matched } = await api.view.show({ session, filter: {} })
    const { items } = await api.view.rows(view, 0, 50)
    if (items.length < 50) throw new Error('no rows')
    return { ms: performance.now() - start, events: Math.max(matched, newest?.events ?? 0), session }
  }

  search(session: string | null, text: string): Promise<Search> {
    const { filter } = parseFilter(text)
    const start = performance.now()
    let first = 0
    return new Promise(resolve => {
      const seen = ({ matched, done }: ViewStatus) => {
        const now = performance.now() - start
        if (!first && (matched >= 50 || done)) first = now
        if (!done) return
        this.notices.delete(listener)
        resolve({ first, all: now, matched })
      }
      let view = -1
      const early: ViewStatus[] = []
      const listener = (notice: EngineNotice) => {
        if (notice.t !== 'view') return
        if (view < 0) early.push(notice.view)
        else if (notice.view.view === view) seen(notice.view)
      }
      this.notices.add(listener)
      void this.engine.view.show({ session, filter }).then(status => {
        view = status.view
        seen(status)
        for (const notice of early) if (notice.view === view && !status.done) seen(notice)
      })
    })
  }

  /** Reads every stored body and looks at nothing: ms, bytes. */
  async readBodies(): Promise<{ ms: number; bytes: number }> {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(DATABASE)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const start = performance.now()
    const bodies = await new Promise<ArrayBuffer[]>((resolve, reject) => {
      const all = database.transaction('bodies').objectStore('bodies').getAll()
      all.onsuccess = () => resolve(all.result as ArrayBuffer[])
      all.onerror = () => reject(all.error)
    })
    const ms = performance.now() - start
    database.close()
    return { ms, bytes: bodies.reduce((sum, body) => sum + body.byteLength, 0) }
  }

  private get engine(): EngineApi {
    if (!this.api) throw new Error('not started')
    return this.api
  }
}

function batchOf(firstN: number, count: number): ArrayBuffer {
  const type = Uint16Array.from({ length: count }, (_, row) => mixedType(firstN + row))
  const source = Uint16Array.from(type, (id, row) => (id + row) % SOURCES.length)
  const level = Uint8Array.from(type, id => id % 5)
  const causeN = Uint32Array.from(type, (id, row) => (firstN + row > 100 ? firstN + row - (id % 7) - 1 : 0))
  const causeKind = Uint8Array.from(causeN, n => (n > 0 ? 1 : 0))
  return makeBatchBytes({
    ...{ producer: testProducer(1), firstN, count, time: 1000 + firstN * 0.01, step: 0.01, types: TYPES },
    payload: mixedPayload,
    rest: { type, source, level, causeN, causeKind, meta: metaOf(firstN + count - 1) },
  })
}

let batches = 0

function metaOf(emitted: number) {
  return {
    ...{ producer: testProducer(1), batch: ++batches, emitted, attachments: [] },
    types: TYPES.map((name, id): [number, string] => [id, name]),
    sources: SOURCES.map((name, id): [number, string] => [id, name]),
  }
}

Object.assign(globalThis, { benchClient: new BenchClient() })
