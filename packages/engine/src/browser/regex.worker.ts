import { type RegexJob, runRegex } from '../search/terms/run-regex'

/** Answers one job after the other; whoever waits too long ends it. */
addEventListener('message', ({ data }: MessageEvent<RegexJob>) => {
  postMessage(runRegex(data))
})
