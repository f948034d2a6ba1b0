import { type RegexFound, type RegexJob, runRegex } from './run-regex'

/** Runs expressions of the user where they can be stopped. */
export interface RegexRunner {
  /** Rejects when it takes longer than the limit. */
  run(job: RegexJob): Promise<RegexFound>
}

/** ms for one chunk of the log; a sane expression takes about ten. */
const LIMIT = 2000

interface Waiting {
  resolve(found: RegexFound): void
  reject(error: Error): void
}

/** In a worker of its own, made when it is needed first and again after one had to be ended. */
export class WorkerRegexRunner implements RegexRunner {
  private worker: Worker | undefined
  private readonly waiting = new Map<number, Waiting>()
  private next = 0
  private clock: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly limit = LIMIT) {}

  run(job: RegexJob): Promise<RegexFound> {
    this.worker ??= this.start()
    const id = this.next++
    this.worker.postMessage({ id, job }, [job.text.buffer, job.ends.buffer])
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      if (this.waiting.size === 1) this.wind()
    })
  }

  private start(): Worker {
    const worker = new Worker(new URL('./regex.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<{ id: number; found: RegexFound }>) => {
      this.waiting.get(data.id)?.resolve(data.found)
      this.waiting.delete(data.id)
      this.wind()
    }
    worker.onerror = event => this.end(`the expression failed: ${event.message}`)
    return worker
  }

  /** The job at hand has the whole limit, from now. */
  private wind(): void {
    clearTimeout(this.clock)
    this.clock = undefined
    if (this.waiting.size === 0) return
    this.clock = setTimeout(() => this.end('the expression takes too long and was stopped'), this.limit)
  }

  private end(message: string): void {
    clearTimeout(this.clock)
    this.worker?.terminate()
    this.worker = undefined
    const waiting = [...this.waiting.values()]
    this.waiting.clear()
    for (const { reject } of waiting) reject(new Error(message))
  }
}

/** Where there are no workers: without a limit. */
const here: RegexRunner = { run: async job => runRegex(job) }
let shared: RegexRunner | undefined

export function regexRunner(): RegexRunner {
  shared ??= typeof Worker === 'undefined' ? here : new WorkerRegexRunner()
  return shared
}
