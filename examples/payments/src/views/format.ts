import { type Cents, SPEEDS, type Speed, type TxStatus } from '../model/types'

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** Formats cents as whole units with groups, for which a dense table has room, and with a real minus sign, so that columns line up. */
export function money(amount: Cents): string {
  return WHOLE.format(Math.round(amount / 100)).replace('-', '−')
}

export function compactMoney(amount: Cents): string {
  return COMPACT.format(amount / 100).replace('-', '−')
}

export function count(value: number): string {
  return WHOLE.format(value)
}

/** Returns the cents of what a user types (`12,500.50`); undefined where that is no positive amount. */
export function parseMoney(text: string): Cents | undefined {
  const plain = text.replace(/[\s,]/g, '')
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return undefined
  const cents = Math.round(Number(plain) * 100)
  return Number.isSafeInteger(cents) && cents > 0 ? cents : undefined
}

export function bank(id: string): string {
  return id.replace('BANK_', '')
}

export const RUNNING = SPEEDS.filter((speed): speed is Exclude<Speed, 0> => speed !== 0)

export function speedLabel(speed: Exclude<Speed, 0>): string {
  return speed === 'max' ? 'Max' : `${speed}×`
}

export const STATUS_LABEL: Record<TxStatus, string> = {
  held: 'held',
  submitted: 'sent',
  queued: 'queued',
  settled: 'settled',
  offset: 'offset',
  cycled: 'cycle',
  split: 'split',
  dropped: 'dropped',
  expired: 'unsettled',
}
