import type { RegexThread, RegexThreadEvents } from '../search/terms/regex-runner'
import type { RegexFound } from '../search/terms/run-regex'

/** Starts a worker that runs regular expressions. */
export function regexWorker({ found, failed }: RegexThreadEvents): RegexThread {
  const worker = new Worker(new URL('./regex.worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<RegexFound>) => found(data)
  worker.onerror = event => failed(event.message)
  return {
    post: job => worker.postMessage(job, [job.text.buffer, job.ends.buffer]),
    terminate: () => worker.terminate(),
  }
}
