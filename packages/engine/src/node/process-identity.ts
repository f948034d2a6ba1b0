import { readFile } from 'node:fs/promises'
import { codeOf } from './whole-files'

let own: Promise<string> | undefined

/**
 * Identity of this process, as text without a dot: `<pid>-<start>`. A number alone would be given to another process some day; on Linux the
 * start is the boot and the clock tick at which the process began. Elsewhere it is empty, and a lock of a process that was killed can
 * look held when its number was given to another one meanwhile.
 *
 * An identity means something on one machine only, and only to processes that see each other: a folder on a drive that two machines
 * share, or that is mounted into two containers, must be used from one of them at a time.
 */
export function ownIdentity(): Promise<string> {
  own ??= identityOf(process.pid).then(found => found ?? `${process.pid}-`)
  return own
}

/** Tells whether a process of this identity still runs. */
export async function isAlive(identity: string): Promise<boolean> {
  const pid = Number(identity.split('-')[0])
  if (!Number.isSafeInteger(pid) || pid <= 0 || !exists(pid)) return false
  if (pid === process.pid) return identity === (await ownIdentity())
  const found = await identityOf(pid)
  // It ended in between, or belongs to a user whose processes this one may not look at: then it may well be the one.
  if (found === undefined) return exists(pid)
  return identity === found
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // The process is there, and belongs to somebody else.
    return codeOf(error) === 'EPERM'
  }
}

/** Reads the identity of a process; undefined where nothing is known of it. Empty for one that is over and waits for its parent to notice. */
export async function identityOf(pid: number): Promise<string | undefined> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ])
    // The second field is the program's name in brackets, with any characters in it. The third is its state, the 22nd its start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return ''
    return `${pid}-${boot.slice(0, 8)}${fields[19]}`
  } catch {
    return undefined
  }
}
