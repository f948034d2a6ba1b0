import { afterEach, describe, expect, it } from 'vitest'
import { statusOf } from '../testing/engine-scenarios'
import { FakePanel } from '../testing/fake-page'
import { testProducer } from '../testing/make-batch'
import { recordings } from '../testing/recordings'
import { exported, property, record, roundTrip, transferEngine } from '../testing/transfer-scenarios'

let count = 0
const run = Math.random()
let databases: string[] = []
const open = (options: { maxEvents?: number; textBudget?: number } = {}) => {
  const database = `transfer-${run}-${count++}`
  databases.push(database)
  return transferEngine({ database, persistent: true, ...options })
}
afterEach(() => {
  for (const name of databases) indexedDB.deleteDatabase(name)
  databases = []
})

describe('a session in a file, from one database to the next', () => {
  it.each([{}, { maxEvents: 10 }])('comes back the same, whatever was recorded: %o', async options => {
    await property(recordings, 25, async recording => {
      const it = await open(options)
      await roundTrip(it.engine, await record(it, recording))
      await it.engine.dispose()
    })
  })

  it('comes back the same over many chunks, its text on disk', async () => {
    const { engine } = await open({ textBudget: 1 << 16 })
    const page = new FakePanel(engine).page(testProducer(1))
    await page.open()
    for (let i = 0; i < 120; i++) await page.emit(250, { payload: n => `{"n":${n},"text":"${'é'.repeat(n % 40)}"}` })
    await page.close()
    const { id } = (await statusOf(engine)).session!
    const { text, blob } = await exported(engine, id)
    await engine.wipe()
    await engine.importSession(blob, '', 'ask')
    expect((await exported(engine, id)).text === text).toBe(true)
    await engine.dispose()
  })
})
