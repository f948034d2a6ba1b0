import { comparesToFacet } from '@playhead/shared/filter/compare'
import type { Comparison } from '@playhead/shared/filter/filter'
import { NO_FACET } from '@playhead/shared/wire/columns'
import type { SteadyChunk } from '../../log/reader'
import type { Selection } from './selection'
import type { TermTest } from './term-test'

/** Tests that the facet's value compares as asked for. A facet may have a column of texts and one of numbers; either may pass. */
export function facetTest(name: string, comparison: Comparison): TermTest {
  return {
    narrow(chunk: SteadyChunk, _: unknown, selection: Selection) {
      const columns = chunk.facets.filter(facet => facet.name === name)
      if (columns.length === 0) {
        selection.clear()
        return
      }
      const tests = columns.map(column => {
        if (column.form === 'number') {
          const { values } = column
          return (row: number) => {
            const value = values[row] as number
            return !Number.isNaN(value) && comparesToFacet(comparison, value)
          }
        }
        const passing = Uint8Array.from(column.values, value => (comparesToFacet(comparison, value) ? 1 : 0))
        const { codes } = column
        return (row: number) => codes[row] !== NO_FACET && passing[codes[row] as number] === 1
      })
      const rows = selection.explicit()
      let k = 0
      for (let i = 0; i < selection.count; i++) {
        const row = rows[i] as number
        if (tests.some(test => test(row))) rows[k++] = row
      }
      selection.count = k
    },
  }
}
