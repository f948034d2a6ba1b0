import { type RegexJob, runRegex } from './run-regex'

/** Answers jobs one after the other; whoever waits too long ends it. */
addEventListener('message', ({ data }: MessageEvent<{ id: number; job: RegexJob }>) => {
  postMessage({ id: data.id, found: runRegex(data.job) })
})
