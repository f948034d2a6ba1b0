import { type RegexFound, type RegexJob, runRegex } from '../search/terms/run-regex'

/** Runs expressions of the user where they can be stopped. */
export interface RegexRunner {
  /** Rejects when it takes longer than the limit. `isWanted`: whether anybody still waits for it. */
  run(job: RegexJob, isWanted?: () => boolean): Promise<RegexFound>
}

/** ms for one chunk of the log; a sane expression takes about ten. */
const LIMIT = 2000
/** ms for one that nobody waits for any more, where others do. */
const GRACE = 100

const STOPPED = 'the expression takes too long and was stopped'

interface Waiting {
  job: RegexJob
  isWanted(): boolean
  resolve(found: RegexFound): void
  reject(error: Error): void
}

/**
 * In a worker of its own, made when it is needed first and again after one had to be ended. Jobs are given to it one by one: those that
 * wait behind one that does not end are not lost with it.
 */
export class WorkerRegexRunner implements RegexRunner {
  private worker: Worker | undefined
  private readonly waiting: Waiting[] = []
  private current: Waiting | undefined
  private clock: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly limit = LIMIT) {}

  run(job: RegexJob, isWanted = () => true): Promise<RegexFound> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, isWanted, resolve, reject })
      if (!this.current) this.next()
      else if (!this.current.isWanted()) this.wind(GRACE)
    })
  }

  private start(): Worker {
    const worker = new Worker(new URL('./regex.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<RegexFound>) => {
      // One that was ended may have answered just before.
      if (worker !== this.worker) return
      this.current?.resolve(data)
      this.next()
    }
    worker.onerror = event => worker === this.worker && this.end(`the expression failed: ${event.message}`)
    return worker
  }

  /** The job at hand has the whole limit, from now. */
  private next(): void {
    clearTimeout(this.clock)
    do this.current = this.waiting.shift()
    while (this.current && isDropped(this.current))
    if (!this.current) return
    const { job } = this.current
    this.worker ??= this.start()
    this.worker.postMessage(job, [job.text.buffer, job.ends.buffer])
    this.wind(this.limit)
  }

  private wind(limit: number): void {
    clearTimeout(this.clock)
    this.clock = setTimeout(() => this.end(STOPPED), limit)
  }

  private end(message: string): void {
    this.worker?.terminate()
    this.worker = undefined
    this.current?.reject(new Error(message))
    this.next()
  }
}

function isDropped({ isWanted, reject }: Waiting): boolean {
  if (isWanted()) return false
  reject(new Error(STOPPED))
  return true
}

/** Where there are no workers: without a limit. */
const here: RegexRunner = { run: async job => runRegex(job) }
let shared: RegexRunner | undefined

export function regexRunner(): RegexRunner {
  shared ??= typeof Worker === 'undefined' ? here : new WorkerRegexRunner()
  return shared
}
