const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const PART = /(\d+(?:\.\d+)?|\.\d+)(ms|s|m|h)/y

/** Returns the ms that a text says: `12.5s`, `800ms`, `1m30s`, or a bare number of seconds. Undefined where it says none of these. */
export function parseTime(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1
  const rest = sign < 0 ? text.slice(1) : text
  if (/^(\d+(\.\d*)?|\.\d+)$/.test(rest)) return sign * round(Number(rest) * 1000)
  let ms = 0
  PART.lastIndex = 0
  for (let at = 0; at < rest.length; at = PART.lastIndex) {
    PART.lastIndex = at
    const part = PART.exec(rest)
    if (!part) return undefined
    ms += Number(part[1]) * (UNITS[part[2] as string] as number)
  }
  return rest === '' ? undefined : sign * round(ms)
}

/** Returns the shortest text that `parseTime` reads back as the same ms, rounded to µs. */
export function printTime(ms: number): string {
  const exact = round(ms)
  return Math.abs(exact) < 1000 && exact !== 0 ? `${decimal(exact)}ms` : `${decimal(round(exact / 1000, 6))}s`
}

/** Writes a number without an exponent. */
function decimal(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(6).replace(/\.?0+$/, '') : text
}

function round(value: number, digits = 3): number {
  const factor = 10 ** digits
  return Math.round(value * factor) / factor
}
