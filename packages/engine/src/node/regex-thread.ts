import { Worker } from 'node:worker_threads'
import type { RegexThread, RegexThreadEvents } from '../search/terms/regex-runner'
import { type RegexFound, runRegex } from '../search/terms/run-regex'

/**
 * The thread's program. It is the text of `runRegex`, which uses nothing from around it: Node cannot load a TypeScript file into a thread
 * by itself, and a second copy of the function would drift away from the first. `__name` is what some compilers put around functions.
 */
const PROGRAM = `
const { parentPort } = require('node:worker_threads')
const __name = made => made
const runRegex = ${runRegex.toString()}
parentPort.on('message', job => parentPort.postMessage(runRegex(job)))
`

/** A thread of its own for regular expressions. It does not keep the process alive. */
export function regexThread({ found, failed }: RegexThreadEvents): RegexThread {
  // Options of the process, such as a compiler for its modules, would only make the thread begin later.
  const thread = new Worker(PROGRAM, { eval: true, execArgv: [] })
  thread.unref()
  thread.on('message', (answer: RegexFound) => found(answer))
  thread.on('error', error => failed(error.message))
  return {
    post: job => thread.postMessage(job, [job.text.buffer as ArrayBuffer, job.ends.buffer as ArrayBuffer]),
    terminate: () => void thread.terminate(),
  }
}
