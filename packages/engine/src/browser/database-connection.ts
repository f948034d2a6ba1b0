import { messageOf } from '@playhead/shared/values/message-of'
import { type IDBPDatabase, openDB } from 'idb'
import { DATABASE_VERSION, MIGRATIONS, type PlayheadDatabase } from './database'

/**
 * One open database, and what may happen to it: the browser closes it, another Playhead wants to bring it up to date, somebody deletes
 * it. It is opened again by whoever asks next; who asks meanwhile waits for the same opening.
 */
export class DatabaseConnection {
  private opening: Promise<IDBPDatabase<PlayheadDatabase>> | undefined
  /** It was open before. */
  private known = false

  /** `emptied` is called when everything that was stored turns out to be gone. */
  constructor(
    private readonly name: string,
    private readonly emptied: () => void,
    private readonly version = DATABASE_VERSION,
    private readonly migrations = MIGRATIONS,
  ) {}

  close(): void {
    const { opening } = this
    this.opening = undefined
    void opening?.then(db => db.close()).catch(() => undefined)
  }

  open(): Promise<IDBPDatabase<PlayheadDatabase>> {
    this.opening ??= this.openOnce()
    return this.opening
  }

  /** Finds out at once whether everything is gone. */
  private lookAgain(): void {
    this.open().catch(() => undefined)
  }

  /**
   * Rejects where it would have to wait for somebody, and goes on waiting: another request would stand in line behind this one. Once it
   * has the database, so have those who ask from then on.
   */
  private openOnce(): Promise<IDBPDatabase<PlayheadDatabase>> {
    const { migrations } = this
    let emptied = false
    const opening = new Promise<IDBPDatabase<PlayheadDatabase>>((resolve, reject) => {
      const request = openDB<PlayheadDatabase>(this.name, this.version, {
        upgrade: (db, oldVersion, _newVersion, tx) => {
          emptied = this.known && oldVersion === 0
          tx.done.catch(() => undefined)
          try {
            for (const migrate of migrations.slice(oldVersion)) migrate(db, tx)
          } catch (error) {
            reject(new Error(`${NOT_MOVED}: ${messageOf(error)}`))
            tx.abort()
          }
        },
        blocked: () => reject(new Error(BLOCKED)),
        // A newer Playhead in another panel wants the database, or somebody deletes it: neither must wait for this one.
        blocking: (_version, wanted) => {
          this.close()
          if (wanted === null) this.lookAgain()
        },
        terminated: () => {
          this.opening = undefined
          this.lookAgain()
        },
      })
      request.then(
        db => {
          this.known = true
          if (emptied) this.emptied()
          if (emptied) reject(new Error(EMPTIED))
          else resolve(db)
          if (this.opening === opening) this.opening = request
          else db.close()
        },
        error => {
          reject(advise(error))
          if (this.opening === opening) this.opening = undefined
        },
      )
    })
    return opening
  }
}

const BLOCKED = 'an older Playhead in another panel or tab holds the stored sessions: close it, or reload it'
const EMPTIED = 'the stored sessions were deleted while Playhead was open'
const NOT_MOVED = 'the stored sessions could not be brought up to date, and were left as they were'
const NEWER =
  'the stored sessions were made by a newer Playhead: update this one to see them. They were left as they are'

function advise(error: unknown): unknown {
  return error instanceof DOMException && error.name === 'VersionError' ? new Error(NEWER, { cause: error }) : error
}
