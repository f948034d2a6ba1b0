import { launchChromium } from '../support/chromium'
import { SDK_MOUNTS, startServer } from '../support/server'
import { type BenchRow, median } from './row.ts'

/** ns an event of every variant, one entry per round; in one round all variants ran one after the other. */
interface Measured {
  payloadBytes: number
  rounds: Record<Variant, number>[]
  /** The bus's functions after attaching a recorder that is off are the ones from before. */
  untouched: boolean
}
type Variant = 'stringify' | 'bare' | 'enabled' | 'filtered' | 'belowLevel' | 'middlewareBare' | 'middlewareOff'

const ROUNDS = 15

/**
 * What recording costs the page, in a real page. Every variant is warmed up first; then rounds are interleaved (A B C A B C …), so that
 * whatever the machine does meets all of them. Differences and ratios are made within a round; the row shows the median of the rounds.
 */
export async function benchRecord(): Promise<BenchRow[]> {
  const site = await startServer({ mounts: SDK_MOUNTS, pages: { '/': '<!doctype html><title>bench</title>' } })
  const chromium = await launchChromium({ extension: undefined })
  try {
    const page = await chromium.open(`${site.origin}/`)
    const measured = (await page.evaluate(MEASURE)) as Measured
    return rowsOf(measured)
  } finally {
    await chromium.close()
    await site.close()
  }
}

function rowsOf({ payloadBytes, rounds, untouched }: Measured): BenchRow[] {
  const of = (figure: (round: Record<Variant, number>) => number) => median(rounds.map(figure))
  const spread = (figure: (round: Record<Variant, number>) => number) => {
    const sorted = rounds.map(figure).sort((a, b) => a - b)
    const at = (part: number) => Number((sorted[Math.floor(part * (sorted.length - 1))] as number).toPrecision(3))
    return `${ROUNDS} rounds, middle half ${at(0.25)}–${at(0.75)}`
  }
  const beyond = (variant: Variant) => (round: Record<Variant, number>) => round[variant] - round.bare
  const micros = (ns: (round: Record<Variant, number>) => number) => (round: Record<Variant, number>) =>
    ns(round) / 1000
  const ratio = (round: Record<Variant, number>) => (round.enabled - round.bare) / round.stringify
  const record = micros(beyond('enabled'))
  return [
    {
      what: 'JSON.stringify of the payload',
      value: of(micros(round => round.stringify)),
      unit: 'µs',
      note: `${Math.round(payloadBytes)} bytes of JSON on average`,
    },
    { what: 'bare mitt emit, one handler', value: of(micros(round => round.bare)), unit: 'µs' },
    {
      what: 'record one event, everything included',
      value: of(record),
      unit: 'µs',
      budget: { max: 5 },
      note: `recorded emit − bare emit, no panel open; ${spread(record)}`,
    },
    {
      what: 'record ÷ JSON.stringify',
      value: of(ratio),
      unit: '×',
      budget: { max: 2.5 },
      note: `within each round; ${spread(ratio)}`,
    },
    { what: 'recorded emit ÷ bare emit', value: of(round => round.enabled / round.bare), unit: '×' },
    { what: 'event below the level', value: of(micros(beyond('belowLevel'))), unit: 'µs', budget: { max: 0.15 } },
    { what: 'event filtered by type', value: of(micros(beyond('filtered'))), unit: 'µs', budget: { max: 0.15 } },
    {
      what: 'disabled: functions of the bus that attach changed',
      value: untouched ? 0 : 1,
      unit: '',
      budget: { max: 0 },
    },
    {
      what: 'disabled: middleware',
      value: of(round => round.middlewareOff - round.middlewareBare),
      unit: 'ns',
      budget: { max: 10 },
      note: 'beyond a middleware that only calls next',
    },
  ]
}

// Text, not a function: it runs in the page, where nothing of this file exists.
const MEASURE = `(async () => {
  const { createRecorder } = await import('/sdk/index.js')
  const { mittAdapter } = await import('/sdk/mitt.js')
  const { default: mitt } = await import('/vendor/mitt.mjs')
  const COUNT = 20000
  const payloads = Array.from({ length: COUNT }, (_, i) => ({
    orderId: 'order-' + i, customer: 'Customer ' + (i % 97), amount: i * 1.5, currency: 'EUR', tick: i, status: 'accepted',
    lines: [{ sku: 'A-' + (i % 13), quantity: 3 }, { sku: 'B-7', quantity: 1 }], note: 'left at the door',
  }))
  let sink = 0
  const emitting = (options, attach = {}) => {
    const bus = mitt()
    bus.on('order', order => { sink += order.tick })
    if (options) createRecorder({ name: 'bench', enabled: true, ...options }).attach(mittAdapter(bus), attach)
    return () => { for (let i = 0; i < COUNT; i++) bus.emit('order', payloads[i]) }
  }
  const through = middleware => {
    const next = event => { sink += event.tick }
    return () => { for (let i = 0; i < COUNT; i++) middleware(payloads[i], next) }
  }
  const off = createRecorder({ name: 'off', enabled: false })
  const bus = mitt()
  const before = { ...bus }
  off.attach(mittAdapter(bus))
  const untouched = Object.keys(bus).every(key => bus[key] === before[key])
  // [what one pass does, passes a round]: the clock's grain is 0.1 ms.
  const variants = {
    stringify: [() => { for (let i = 0; i < COUNT; i++) sink += JSON.stringify(payloads[i]).length }, 2],
    bare: [emitting(undefined), 8],
    enabled: [emitting({}), 1],
    filtered: [emitting({ filters: { exclude: ['order'] } }), 8],
    belowLevel: [emitting({ level: 'decision' }, { describe: () => ({ level: 'detail' }) }), 8],
    middlewareBare: [through((event, next) => next(event)), 60],
    middlewareOff: [through(off.middleware()), 60],
  }
  const measure = ([pass, passes]) => {
    const start = performance.now()
    for (let i = 0; i < passes; i++) pass()
    return ((performance.now() - start) * 1e6) / (passes * COUNT)
  }
  for (let i = 0; i < 4; i++) for (const name in variants) measure(variants[name])
  const rounds = []
  for (let i = 0; i < ${ROUNDS}; i++) {
    const round = {}
    for (const name in variants) round[name] = measure(variants[name])
    rounds.push(round)
    await new Promise(resolve => setTimeout(resolve))
  }
  const payloadBytes = payloads.reduce((sum, payload) => sum + JSON.stringify(payload).length, 0) / COUNT
  return { payloadBytes, rounds, untouched, sink }
})()`
