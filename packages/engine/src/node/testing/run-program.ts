import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Starts a program of this folder as a process of its own; what it prints can be read from its `stdout`. */
export function runProgram(name: string, ...args: string[]): ChildProcess {
  const program = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  return spawn(process.execPath, ['--import', 'tsx', program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
}

/** Resolves with everything that a process printed, when it is over. `heard` is called with each line. */
export function linesOf(child: ChildProcess, heard: (line: string) => void = () => {}): Promise<string[]> {
  const lines: string[] = []
  let rest = ''
  return new Promise((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n')
      rest = parts.pop()!
      for (const line of parts) {
        lines.push(line)
        heard(line)
      }
    })
    child.on('error', reject)
    child.on('close', () => resolve(lines))
  })
}
