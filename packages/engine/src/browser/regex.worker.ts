import { type RegexJob, runRegex } from '../search/terms/run-regex'

/** Answers one job after the other. An expression that takes too long is stopped from outside, by ending this worker. */
addEventListener('message', ({ data }: MessageEvent<RegexJob>) => {
  postMessage(runRegex(data))
})
