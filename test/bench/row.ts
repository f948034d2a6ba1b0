/** One measured figure beside its budget (design: ratios measured in one run where the machine matters). */
export interface BenchRow {
  what: string
  value: number
  unit: string
  /** The budget in the same unit; `max`: lower is better. */
  budget?: { max?: number; min?: number }
  /** What it was measured against, and how. */
  note?: string
}

export function meets({ value, budget }: BenchRow): boolean | undefined {
  if (!budget) return undefined
  return value <= (budget.max ?? Number.POSITIVE_INFINITY) && value >= (budget.min ?? Number.NEGATIVE_INFINITY)
}

export function table(rows: BenchRow[]): string {
  const cells = rows.map(row => [
    row.what,
    `${format(row.value)} ${row.unit}`.trim(),
    row.budget ? `${row.budget.max === undefined ? '≥' : '≤'} ${format(row.budget.max ?? row.budget.min ?? 0)}` : '',
    row.budget ? (meets(row) ? 'met' : 'MISSED') : '',
    row.note ?? '',
  ])
  const head = ['what', 'measured', 'budget', '', 'how']
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map(cell => cell[column]?.length ?? 0)))
  const line = (cell: string[]) =>
    cell
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(head), ...cells.map(line)].join('\n')
}

function format(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
