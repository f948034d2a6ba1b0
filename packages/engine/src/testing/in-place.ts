import type { RegexRunner } from '../search/terms/regex-runner'
import { runRegex } from '../search/terms/run-regex'

/** Runs expressions at once, without a limit. */
export const inPlace: RegexRunner = { run: async job => runRegex(job) }
