import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import { loadSession } from '../../packages/engine/src/storage/load-session.ts'
import type { DatabaseDump } from '../../packages/engine/src/testing/database-dump.ts'
import { pictureOf } from '../../packages/engine/src/testing/log-picture.ts'
import { MemoryDisk } from '../../packages/engine/src/testing/memory-disk.ts'
import type { Chromium } from './chromium'

/** What a page told this process by itself, each time at once: it is still known when everything there is dead. */
export interface Told {
  /** Number of the newest event the page emitted. */
  emitted: number
  /** What the panel last acknowledged to the page. */
  accepted: number
  persisted: number
}

declare const app: { emit(count: number): void; emitted: number }
declare const told: (text: string) => void

/** Before the page's first script: every acknowledgement its recorder gets goes to this process. */
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

/** From now on the page emits about 4,000 events a second, and says so. */
export async function stream(page: Page): Promise<void> {
  await page.evaluate(() => {
    const timer = setInterval(() => {
      app.emit(40)
      told(JSON.stringify({ emitted: app.emitted }))
    }, 10)
    Object.assign(globalThis, { stopStream: () => clearInterval(timer) })
  })
}

/** Stops it; the number of events emitted in all. */
export function endStream(page: Page): Promise<number> {
  return page.evaluate(() => {
    ;(globalThis as unknown as { stopStream(): void }).stopStream()
    return app.emitted
  })
}

/** Ends the processes of all extensions at once, as the system does when memory is short. Returns how many there were. */
export function killExtension({ browser }: Chromium): number {
  const group = browser.process()?.pid
  let killed = 0
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      // "pid (name) state ppid pgrp": the name may hold anything but is closed by the last parenthesis.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(pgrp) !== group || !command.includes('--extension-process')) continue
      process.kill(Number(pid), 'SIGKILL')
      killed++
    } catch {
      // It ended meanwhile.
    }
  }
  return killed
}

/** The one session in a database whose app has this name, read by the engine's own code, every payload too. */
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
