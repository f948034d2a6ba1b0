import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import { loadSession } from '../../packages/engine/src/storage/load-session.ts'
import type { DatabaseDump } from '../../packages/engine/src/testing/database-dump.ts'
import { pictureOf } from '../../packages/engine/src/testing/log-picture.ts'
import { MemoryDisk } from '../../packages/engine/src/testing/memory-disk.ts'
import type { Chromium } from './chromium'

/** What a page told this process at every change, so that it is known after every process of the browser was killed. */
export interface Told {
  /** Events that the page emitted. */
  emitted: number
  /** The n up to which the panel acknowledged events, as taken in and as on disk. */
  accepted: number
  persisted: number
}

declare const app: { emit(count: number): void; emitted: number }
declare const told: (text: string) => void

/** Passes every acknowledgement that the page's recorder gets on to this process. Call it before the page loads. */
export async function listenToAcks(page: Page): Promise<Told> {
  const heard: Told = { emitted: 0, accepted: 0, persisted: 0 }
  const cdp = await page.createCDPSession()
  await cdp.send('Runtime.enable')
  await cdp.send('Runtime.addBinding', { name: 'told' })
  cdp.on('Runtime.bindingCalled', ({ payload }) => Object.assign(heard, JSON.parse(payload)))
  await page.evaluateOnNewDocument(() => {
    const Channel = MessageChannel
    globalThis.MessageChannel = class extends Channel {
      constructor() {
        super()
        this.port1.addEventListener('message', ({ data }) => {
          if (data?.t !== 'ack' && data?.t !== 'welcome') return
          told(JSON.stringify({ accepted: data.accepted, persisted: data.persisted }))
        })
      }
    }
  })
  return heard
}

/** Lets the page emit about 4,000 events a second and tell how many, until `endStream`. */
export async function stream(page: Page): Promise<void> {
  await page.evaluate(() => {
    const timer = setInterval(() => {
      app.emit(40)
      told(JSON.stringify({ emitted: app.emitted }))
    }, 10)
    Object.assign(globalThis, { stopStream: () => clearInterval(timer) })
  })
}

/** Stops the stream. Resolves with the number of events that the page emitted in all. */
export function endStream(page: Page): Promise<number> {
  return page.evaluate(() => {
    ;(globalThis as unknown as { stopStream(): void }).stopStream()
    return app.emitted
  })
}

/** Kills the processes of all extensions, as the system does when memory is short. Returns how many there were. */
export function killExtension({ browser }: Chromium): number {
  const group = browser.process()?.pid
  let killed = 0
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      // The line is "pid (name) state ppid pgrp …". The name may hold anything, and ends at the last parenthesis.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(pgrp) !== group || !command.includes('--extension-process')) continue
      process.kill(Number(pid), 'SIGKILL')
      killed++
    } catch {
      // The process ended meanwhile.
    }
  }
  return killed
}

/**
 * Reads the only session of an app out of a database with the engine's own code, every payload included. Rejects where there is none or
 * two.
 */
export async function readBack(dump: DatabaseDump, app: string) {
  const disk = MemoryDisk.from(dump)
  const [record, other] = (await disk.sessions()).filter(({ info }) => info.app === app)
  if (!record || other) throw new Error(`${record ? 'two sessions' : 'no session'} of ${app}`)
  const lost: string[] = []
  const limits = { maxEvents: Number.POSITIVE_INFINITY, textBudget: 64 << 20 }
  const { log, damage } = await loadSession(disk, record, limits, message => lost.push(message))
  const { rows, gaps } = await pictureOf(log)
  return { info: record.info, log, rows, gaps, damage: [...damage, ...lost] }
}
