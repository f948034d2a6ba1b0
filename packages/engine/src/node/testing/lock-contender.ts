/**
 * A process that takes a lock again and again, and shows by a file that it has it: `tsx lock-contender.ts <locks> <file> <times>`. Prints
 * `both` where that file is another living process's, and `done` at the end.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { lockFiles } from '../lock-files'

const [place, shown, times] = process.argv.slice(2) as [string, string, string]
const locks = lockFiles(place)
for (let n = 0; n < Number(times); n++) {
  const release = await locks.hold('a', 60_000)
  try {
    writeFileSync(shown, `${process.pid}`, { flag: 'wx' })
  } catch {
    const other = Number(readFileSync(shown, 'utf8'))
    if (isThere(other)) process.stdout.write('both\n')
    writeFileSync(shown, `${process.pid}`)
  }
  await new Promise(resolve => setTimeout(resolve, Math.random() * 3))
  rmSync(shown)
  release()
  process.stdout.write('.\n')
}
process.stdout.write('done\n')

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
