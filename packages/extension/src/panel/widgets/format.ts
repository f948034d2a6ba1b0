import { withoutTags } from './tagless'

/** Numbers, sizes and times as the panel writes them. */
export function count(value: number): string {
  return value.toLocaleString('en')
}

export function bytes(value: number): string {
  if (value < 1000) return `${value} B`
  if (value < 1e6) return `${(value / 1000).toFixed(1)} kB`
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e9).toFixed(2)} GB`
}

/** Writes ms in the unit that fits: `250 µs`, `12.0 ms`, `3.20 s`. */
export function duration(ms: number): string {
  if (ms === 0) return ''
  if (ms < 1) return `${(ms * 1000).toFixed(0)} µs`
  return ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(2)} s`
}

export type TimeMode = 'relative' | 'absolute' | 'delta'

/** `time`: session time in ms; `previous`: that of the row above, if there is one; `started`: epoch ms of session time 0. */
export function time(mode: TimeMode, time: number, previous: number | undefined, started: number): string {
  if (mode === 'absolute') return clock(started + time)
  if (mode === 'delta') return previous === undefined ? '' : `+${(time - previous).toFixed(1)}`
  return `${(time / 1000).toFixed(3)}`
}

/** Writes the local time of day, with ms. */
export function clock(epoch: number): string {
  const date = new Date(epoch)
  const pad = (value: number, width = 2) => String(value).padStart(width, '0')
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`
}

const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be seen.
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each is meant by itself.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu

/** Control, bidirectional, zero-width and other unseen characters as `␀` or `<U+202E>`, so that a name cannot disguise itself. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, char => {
    const code = char.codePointAt(0) as number
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
  })
}

/**
 * The beginning of a payload in one line, at most so many characters of it: `{"a":1,"lon…` as `{a: 1, "lon…`, for the quotes of plain keys
 * say nothing.
 */
export function summaryText(json: string, most = 200): string {
  const plain = withoutTags(json)
  const begin = plain.length > most ? `${plain.slice(0, most)}…` : plain
  return visible(begin.replace(/"([A-Za-z_$][\w$]*)":/g, '$1: ').replace(/,(?=[\w$"]+: |"[\w$]*…$)/g, ', '))
}
