import type { RegexFound, RegexJob } from './run-regex'

/** Runs the user's regular expressions in a place where they can be stopped. */
export interface RegexRunner {
  /**
   * Rejects when the expression is not valid or takes longer than the runner's limit. `isWanted` says whether anybody still waits for the
   * answer; a job that nobody waits for makes room for others.
   */
  run(job: RegexJob, isWanted?: () => boolean): Promise<RegexFound>
}

/** A thread that answers one job after the other and can be ended in the middle of one. */
export interface RegexThread {
  post(job: RegexJob): void
  terminate(): void
}

export interface RegexThreadEvents {
  found(found: RegexFound): void
  /** The expression failed, or the thread itself did. */
  failed(message: string): void
}

/** ms that an expression may take for one chunk of the log; one without heavy backtracking takes about 10 ms. */
const LIMIT = 2000
/** ms that a job may still take when nobody waits for it any more and others wait behind it. */
const GRACE = 100

const STOPPED = 'the expression takes too long and was stopped'

interface Waiting {
  job: RegexJob
  isWanted(): boolean
  resolve(found: RegexFound): void
  reject(error: Error): void
}

/**
 * Runs expressions in a thread of their own, since JavaScript cannot stop one that backtracks for ever in its own thread:
 *
 *     run(job) → waiting ─ one at a time → thread ─ found → resolve
 *                                            └─ LIMIT ms passed → thread ended, job rejected, the next job gets a new thread
 *
 * The thread is made when the first job comes, and again after one had to be ended. Jobs are posted one by one, so those that wait behind
 * an expression that does not end are not lost with its thread.
 */
export class ThreadRegexRunner implements RegexRunner {
  private thread: RegexThread | undefined
  private readonly waiting: Waiting[] = []
  private current: Waiting | undefined
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly makeThread: (events: RegexThreadEvents) => RegexThread,
    private readonly limit = LIMIT,
  ) {}

  run(job: RegexJob, isWanted = () => true): Promise<RegexFound> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, isWanted, resolve, reject })
      if (!this.current) this.next()
      else if (!this.current.isWanted()) this.allow(GRACE)
    })
  }

  /** Makes a thread. */
  private start(): RegexThread {
    const thread = this.makeThread({
      found: found => {
        // A thread that was ended may have answered just before.
        if (thread !== this.thread) return
        this.current?.resolve(found)
        this.next()
      },
      failed: message => {
        if (thread === this.thread) this.end(`the expression failed: ${message}`)
      },
    })
    return thread
  }

  /** Gives the thread the next job that somebody waits for. The job has the whole limit, from now. */
  private next(): void {
    clearTimeout(this.timer)
    do this.current = this.waiting.shift()
    while (this.current && isDropped(this.current))
    if (!this.current) return
    this.thread ??= this.start()
    this.thread.post(this.current.job)
    this.allow(this.limit)
  }

  /** The current job may take so many ms from now on. */
  private allow(limit: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.end(STOPPED), limit)
  }

  /** Ends the thread, rejects the current job and goes on with the next one. */
  private end(message: string): void {
    this.thread?.terminate()
    this.thread = undefined
    this.current?.reject(new Error(message))
    this.next()
  }
}

/** Rejects a job that nobody waits for any more, and returns whether it did. */
function isDropped({ isWanted, reject }: Waiting): boolean {
  if (isWanted()) return false
  reject(new Error(STOPPED))
  return true
}
