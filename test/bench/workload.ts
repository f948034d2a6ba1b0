/** Payloads of a mixed app: 30 types of eight shapes, about 200 bytes each, numbers and ids that differ from event to event. */

export const MIXED_TYPES = 30

const SHAPES: ((n: number, a: number, b: number) => unknown)[] = [
  (n, a, b) => ({
    orderId: `order-${n}`,
    customer: `Customer ${a % 997}`,
    amount: b / 100,
    currency: 'EUR',
    status: ['accepted', 'paid', 'sent'][a % 3],
    lines: [
      { sku: `A-${a % 13}`, quantity: (b % 9) + 1 },
      { sku: `B-${b % 7}`, quantity: 1 },
    ],
    note: 'left at the door',
  }),
  (_, a, b) => ({
    rowId: a % 5000,
    column: `price${a % 50}`,
    oldValue: b / 100,
    newValue: (b + (a % 997)) / 100,
    user: `trader-${a % 40}`,
    sheet: 'portfolio',
    reason: 'edited in the cell editor',
    formatted: `${(b / 100).toFixed(2)} EUR`,
  }),
  (n, a, b) => ({
    agentId: `BANK_${a % 30}`,
    counterparty: `BANK_${b % 30}`,
    txId: `tx-${a.toString(16)}${b.toString(16)}`,
    amount: b,
    day: Math.trunc(n / 50_000),
    tick: n % 1000,
    queue: 'liquidity-saving',
    collateral: { before: a, after: a + (b % 1000) },
    settled: a % 3 > 0,
  }),
  (n, a, b) => ({
    method: ['GET', 'POST'][a % 2],
    url: `/api/v2/accounts/${a % 9999}/positions?page=${b % 40}`,
    status: [200, 200, 200, 304, 404][b % 5],
    ms: (b % 90_000) / 100,
    request: `${a.toString(16).padStart(8, '0')}-${b.toString(16).padStart(8, '0')}`,
    bytes: a % 70_000,
    cache: 'revalidated',
    attempt: (n % 3) + 1,
  }),
  (_, a, b) => ({
    x: a % 1920,
    y: b % 1080,
    target: `main > section:nth-child(${a % 9}) > button.primary`,
    text: ['Save', 'Cancel', 'Add row', 'Export'][a % 4],
    buttons: 1,
    modifiers: { alt: false, ctrl: b % 5 === 0, meta: false, shift: false },
    pointer: 'mouse',
    pressure: 0.5,
  }),
  (n, a) => ({
    state: 'grid',
    selection: Array.from({ length: 12 }, (_, i) => (a >>> i) % 5000),
    focused: { row: a % 5000, column: `price${a % 50}` },
    revision: n,
    dirty: true,
    undo: a % 60,
    filter: 'active positions only',
  }),
  (_, a, b) => ({
    level: ['debug', 'info', 'warn'][a % 3],
    message: `retrying settlement of batch ${a % 9000} after ${b % 500} ms`,
    logger: 'settlement.scheduler',
    context: { host: `node-${b % 12}`, shard: a % 64, epoch: 17, leader: true },
    trace: (a * 65_536 + (b % 65_536)).toString(36),
  }),
  (_, a, b) => ({
    prompt: 'summarise the open positions',
    model: 'small',
    tokens: { in: a % 4000, out: b % 900 },
    stop: 'end of turn',
    answer: `There are ${a % 90} positions open, worth ${b} EUR; ${a % 7} need attention before the close of the day.`,
  }),
]

export const mixedType = (n: number) => mix(n) % MIXED_TYPES

/** Payload of event `n`. */
export function mixedValue(n: number): unknown {
  const a = mix(n)
  const shape = SHAPES[(a % MIXED_TYPES) % SHAPES.length]
  return shape?.(n, a >>> 12, mix(n + 0x40000000) >>> 14)
}

/** The same as JSON text. */
export const mixedPayload = (n: number): string => JSON.stringify(mixedValue(n))

function mix(n: number): number {
  const a = Math.imul(n ^ (n >>> 15), 0x2c1b3c6d)
  const b = Math.imul(a ^ (a >>> 12), 0x297a2d39)
  return (b ^ (b >>> 15)) >>> 0
}
