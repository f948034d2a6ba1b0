import { messageOf } from '@playhead/shared/values/message-of'
import { type IDBPDatabase, openDB } from 'idb'
import { DATABASE_VERSION, MIGRATIONS, type PlayheadDatabase } from './database'

/**
 * One connection to a database, opened again by whoever asks after it was lost:
 *
 *     closed ── open() ──▶ opening ──▶ open ── the browser terminates it ────────────────────▶ closed, and opened again at once
 *                            │           ├── a newer Playhead wants to upgrade (`blocking`) ──▶ closed
 *                            │           └── somebody deletes the database (`blocking`) ──────▶ closed, and opened again at once
 *                            ├── an older Playhead holds it (`blocked`) ──▶ rejects, and goes on waiting
 *                            └── it is new although it was open before ───▶ rejects, and `emptied` is called
 *
 * Everybody who asks while it is being opened waits for the same opening.
 */
export class DatabaseConnection {
  private opening: Promise<IDBPDatabase<PlayheadDatabase>> | undefined
  /** True: this database was open before. If it is empty then, somebody deleted it. */
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

  /** Returns the open database. Rejects with a sentence for the user where it cannot be opened. */
  open(): Promise<IDBPDatabase<PlayheadDatabase>> {
    this.opening ??= this.openOnce()
    return this.opening
  }

  /** Opens the database to find out at once whether everything is gone. */
  private lookAgain(): void {
    this.open().catch(() => undefined)
  }

  /**
   * Rejects where it has to wait for an older Playhead, and waits all the same, because a second request would only stand in line behind
   * this one. When it has the database in the end, those who ask from then on get it.
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
        // A newer Playhead in another panel wants to upgrade the database, or somebody deletes it (`wanted` null): neither must wait.
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

/** Makes an error of the browser one that tells the user what to do, where that is known. */
function advise(error: unknown): unknown {
  return error instanceof DOMException && error.name === 'VersionError' ? new Error(NEWER, { cause: error }) : error
}
