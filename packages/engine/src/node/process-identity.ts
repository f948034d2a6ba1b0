import { readFile } from 'node:fs/promises'

/**
 * Identities of processes, as text without a dot: `<pid>-<start>`. A number alone would be given to another process some day; on Linux the
 * start is the boot and the clock tick at which the process began. Elsewhere it is empty, and a lock of a process that was killed can
 * look held when its number was given to another one meanwhile.
 */
let own: Promise<string> | undefined

export function ownIdentity(): Promise<string> {
  own ??= identityOf(process.pid)
  return own
}

export async function isAlive(identity: string): Promise<boolean> {
  const pid = Number(identity.split('-')[0])
  if (!Number.isSafeInteger(pid) || pid <= 0 || !exists(pid)) return false
  return identity === (pid === process.pid ? await ownIdentity() : await identityOf(pid))
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // The process is there, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function identityOf(pid: number): Promise<string> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ])
    // The second field is the program's name in brackets, with any characters in it; the start is the 22nd field.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${pid}-${boot.slice(0, 8)}${start}`
  } catch {
    return `${pid}-`
  }
}
