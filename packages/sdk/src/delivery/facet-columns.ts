import { type FacetColumn, NO_FACET } from '@playhead/shared/wire/columns'
import { Limits } from '@playhead/shared/wire/limits'

/** The different values of one facet in one batch may have so many characters together; further ones are only in the payload. */
const MOST = 4096

/** Makes the columns of one facet of the raw values of payloads: one for text, one for numbers, and none where no row has such a value. */
export function facetColumns(name: string, values: readonly unknown[], from: number, rows: number): FacetColumn[] {
  const columns: FacetColumn[] = []
  let codes: Uint16Array | undefined
  let numbers: Float64Array | undefined
  const known = new Map<string, number>()
  let characters = 0
  for (let row = 0; row < rows; row++) {
    const value = values[from + row]
    if (typeof value === 'number') {
      numbers ??= new Float64Array(rows).fill(Number.NaN)
      numbers[row] = value
    } else if (typeof value === 'string' || typeof value === 'boolean') {
      codes ??= new Uint16Array(rows).fill(NO_FACET)
      const text = String(value).slice(0, Limits.facetText)
      let code = known.get(text)
      if (code === undefined) {
        if ((characters += text.length) > MOST) continue
        known.set(text, (code = known.size))
      }
      codes[row] = code
    }
  }
  if (codes) columns.push({ name, form: 'text', values: [...known.keys()], codes })
  if (numbers) columns.push({ name, form: 'number', values: numbers })
  return columns
}
