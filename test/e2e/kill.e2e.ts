import { afterAll, describe, expect, it } from 'vitest'
import { Random } from '../../packages/engine/src/testing/random'
import type { Chromium } from '../support/chromium'
import { dumpDatabase } from '../support/dump-database'
import { endStream, killExtension, listenToAcks, readBack, stream, type Told } from '../support/kills'
import { byTestId, Panel } from '../support/panel'
import { SDK_MOUNTS } from '../support/server'
import { useBrowser } from '../support/use-browser'
import { pause, waitFor } from '../support/wait'

/** `npm run kills` does more of them. */
const KILLS = Number(process.env.KILLS ?? 12)
const SEED = Number(process.env.SEED ?? 1)
/** ms of events before the kill that may be missing: the panel writes about every 250. */
const MOST_LOST = 500

/** What a kill cost, for the table at the end. */
interface Outcome {
  kind: string
  after: number
  emitted: number
  persisted: number
  survived: number
  lost: number
}

describe(`killed while events stream in (${KILLS} times, seed ${SEED})`, () => {
  const at = useBrowser({
    mounts: SDK_MOUNTS,
    pages: { '/elsewhere': '<!doctype html><title>elsewhere</title>' },
    launch: 'none',
  })
  const random = new Random(SEED)
  const outcomes: Outcome[] = []

  afterAll(() => {
    const most = Math.max(...outcomes.map(({ lost }) => lost))
    console.log(
      `${outcomes.length} of ${KILLS} kills: 0 acknowledged events lost, 0 corrupt, at most ${most} ms before the kill`,
    )
    console.table(outcomes)
  })

  /** A page that emits, a panel that stores, and a moment. */
  const begin = async (chromium: Chromium) => {
    const page = await chromium.open('about:blank')
    const told = await listenToAcks(page)
    await page.goto(`${at.site.origin}/fixtures/pages/bus.html?name=killed&capacity=100000`)
    const panel = await Panel.open(page)
    await panel.connected()
    await stream(page)
    await waitFor(() => told.persisted > 0, { what: 'the first events to be on disk' })
    const after = random.whole(0, 2500)
    await pause(after)
    return { page, panel, told, after }
  }

  /** Acknowledged is there, nothing is corrupt, and the last event is from shortly before `killed` (epoch ms). */
  const check = async (from: Parameters<typeof dumpDatabase>[0], told: Told, killed: number) => {
    const { info, rows, gaps, damage, log } = await readBack(await dumpDatabase(from), 'killed')
    expect(damage).toEqual([])
    const [own] = log.logs
    const numbers = new Set(rows.filter(row => row.producer === own?.info.id).map(row => row.n))
    for (let n = 1; n <= told.persisted; n++) if (!numbers.has(n)) expect(n).toBe('a stored number')
    expect(gaps.filter(gap => gap.reason === 'corrupt')).toEqual([])
    for (const row of rows) if (!row.payload?.includes(`"i":${row.n - 1},`)) expect(row).toBe('whole')
    const newest = rows.filter(row => row.producer === own?.info.id && info.started + (row.time ?? 0) <= killed).at(-1)
    return { survived: numbers.size, lost: Math.round(killed - info.started - (newest?.time ?? 0)) }
  }

  const rounds: Record<string, () => Promise<Outcome>> = {
    async browser() {
      const first = await at.launch()
      const { told, after } = await begin(first)
      const killed = Date.now()
      await first.kill()
      const second = await at.launch({ profileDir: first.profileDir })
      const panel = await Panel.open(await second.open(`${at.site.origin}/elsewhere`))
      await panel.click('session-menu')
      await panel.frame.waitForSelector(`${byTestId('session-item')}[data-session]`)
      expect(await panel.text('session-item')).toContain('recovered')
      const { survived, lost } = await check(panel.frame, told, killed)
      await panel.click('session-item')
      await panel.matched(survived, 'what survived, in the list')
      return { kind: 'browser', after, emitted: told.emitted, persisted: told.persisted, survived, lost }
    },

    async extension() {
      const chromium = await at.launch()
      const { page, panel: dead, told, after } = await begin(chromium)
      const killed = Date.now()
      expect(killExtension(chromium)).toBeGreaterThan(0)
      const before = { ...told }
      // The page goes on; nobody listens.
      await waitFor(() => told.emitted > before.emitted + 1000, { what: 'the page to go on' })
      const bare = await chromium.open(`chrome-extension://${chromium.extensionId}/src/panel/grant.html`)
      const { survived, lost } = await check(bare, before, killed)
      await bare.close()
      const panel = await dead.reopen()
      await panel.connected()
      const emitted = await endStream(page)
      // Its buffer fills the hole.
      expect(await panel.accounted(emitted)).toEqual({ events: emitted, missing: 0 })
      return { kind: 'extension', after, emitted, persisted: before.persisted, survived, lost }
    },

    async renderer() {
      const { page, panel, told, after } = await begin(await at.launch())
      const cdp = await page.createCDPSession()
      const killed = Date.now()
      void cdp.send('Page.crash').catch(() => undefined)
      // The panel lives: what reached it is written within the usual time, also what was only accepted.
      await waitFor(async () => (await panel.attribute('status-connection', 'data-phase')) !== 'connected', {
        what: 'the panel to miss the page',
      })
      const { survived, lost } = await waitFor(
        async () => {
          const { events, missing } = await panel.counts()
          const found = await check(panel.frame, { ...told, persisted: told.accepted }, killed)
          return found.survived === events && missing === 0 ? found : undefined
        },
        { what: 'all that the panel shows to be on disk', every: 200 },
      )
      return { kind: 'renderer', after, emitted: told.emitted, persisted: told.accepted, survived, lost }
    },
  }
  const kinds = Object.keys(rounds)
  it.each(Array.from({ length: KILLS }, (_, i) => [i + 1, kinds[i % kinds.length] as string] as const))(
    'kill %i, of the %s: nothing acknowledged is lost',
    async (_, kind) => {
      const outcome = await rounds[kind]!()
      outcomes.push(outcome)
      expect(outcome.lost).toBeLessThanOrEqual(MOST_LOST)
    },
  )
})
