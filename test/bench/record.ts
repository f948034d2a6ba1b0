import { launchChromium } from '../support/chromium'
import { SDK_MOUNTS, startServer } from '../support/server'
import { type BenchRow, median } from './row.ts'

interface Costs {
  stringify: number
  bus: number
  enabled: number
  disabledBus: number
  belowLevel: number
  filtered: number
  middlewareOff: number
  middlewareBare: number
}

/** What recording costs the page, in a real page: ns an event, median of rounds, everything compared within one run. */
export async function benchRecord(): Promise<BenchRow[]> {
  const site = await startServer({ mounts: SDK_MOUNTS, pages: { '/': '<!doctype html><title>bench</title>' } })
  const chromium = await launchChromium({ extension: undefined })
  try {
    const page = await chromium.open(`${site.origin}/`)
    const rounds: Costs[] = []
    for (let round = 0; round < 5; round++) rounds.push((await page.evaluate(MEASURE)) as Costs)
    const ns = (key: keyof Costs) => median(rounds.map(costs => costs[key]))
    const record = ns('enabled') - ns('bus')
    return [
      { what: 'JSON.stringify of the 200-byte payload', value: ns('stringify') / 1000, unit: 'µs' },
      { what: 'bare mitt emit, one handler', value: ns('bus') / 1000, unit: 'µs' },
      {
        what: 'record one event, everything included',
        value: record / 1000,
        unit: 'µs',
        budget: { max: 5 },
        note: 'recorded emit − bare emit; no panel open',
      },
      {
        what: 'record ÷ JSON.stringify',
        value: record / ns('stringify'),
        unit: '×',
        budget: { max: 2.5 },
        note: 'same run',
      },
      { what: 'recorded emit ÷ bare emit', value: ns('enabled') / ns('bus'), unit: '×' },
      {
        what: 'event below the level',
        value: (ns('belowLevel') - ns('bus')) / 1000,
        unit: 'µs',
        budget: { max: 0.15 },
      },
      { what: 'event filtered by type', value: (ns('filtered') - ns('bus')) / 1000, unit: 'µs', budget: { max: 0.15 } },
      {
        what: 'disabled: attached bus',
        value: ns('disabledBus') - ns('bus'),
        unit: 'ns',
        note: 'same function as before',
      },
      {
        what: 'disabled: middleware',
        value: ns('middlewareOff') - ns('middlewareBare'),
        unit: 'ns',
        budget: { max: 10 },
      },
    ]
  } finally {
    await chromium.close()
    await site.close()
  }
}

// Text, not a function: it runs in the page, where nothing of this file exists.
const MEASURE = `(async () => {
  const { createRecorder } = await import('/sdk/index.js')
  const { mittAdapter } = await import('/sdk/mitt.js')
  const { default: mitt } = await import('/vendor/mitt.mjs')
  const payload = i => ({
    orderId: 'order-' + i, customer: 'Customer ' + (i % 97), amount: i * 1.5, currency: 'EUR', tick: i,
    status: 'accepted', lines: [{ sku: 'A-' + (i % 13), quantity: 3 }, { sku: 'B-7', quantity: 1 }], note: 'delivered to the door',
  })
  const COUNT = 40000
  const payloads = Array.from({ length: COUNT }, (_, i) => payload(i))
  let sink = 0
  const time = run => {
    run(2000)
    const start = performance.now()
    run(COUNT)
    return ((performance.now() - start) * 1e6) / COUNT
  }
  const emitting = (options, attach = {}) => {
    const bus = mitt()
    bus.on('order', order => { sink += order.tick })
    const recorder = options && createRecorder({ name: 'bench', enabled: true, ...options })
    const detach = recorder && recorder.attach(mittAdapter(bus), attach)
    const ns = time(count => { for (let i = 0; i < count; i++) bus.emit('order', payloads[i]) })
    if (recorder) recorder.dispose()
    return ns
  }
  const through = middleware => time(count => {
    const next = event => { sink += event.tick }
    for (let i = 0; i < count; i++) middleware(payloads[i], next)
  })
  const off = createRecorder({ name: 'off', enabled: false })
  return {
    stringify: time(count => { for (let i = 0; i < count; i++) sink += JSON.stringify(payloads[i]).length }),
    bus: emitting(undefined),
    enabled: emitting({}),
    disabledBus: emitting({ enabled: false }),
    belowLevel: emitting({ level: 'decision' }, { describe: () => ({ level: 'detail' }) }),
    filtered: emitting({ filters: { exclude: ['order'] } }),
    middlewareOff: through(off.middleware()),
    middlewareBare: through((event, next) => next(event)),
  }
})()`
