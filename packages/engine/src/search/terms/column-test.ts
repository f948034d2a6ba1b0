import { type Is, isErrorName } from '@playhead/shared/filter/filter'
import { Flag } from '@playhead/shared/model/event'
import type { SteadyChunk } from '../../log/reader'
import { factsOf, MIXED, uniform } from './chunk-facts'
import { NameTable } from './name-table'
import type { Selection } from './selection'
import type { TermContext } from './term-context'
import type { TermTest } from './term-test'

/** A term that is decided by the value in one column, which is a name's id or a small number. */
export type ColumnTerm =
  | { column: 'type' | 'source' | 'producer'; passes: (name: string) => boolean }
  | { column: 'take' | 'level' | 'kind' | 'flags' | 'causeKind'; passes: (value: number) => boolean }

/** The column terms of which any must hold for `is:`. */
export function isColumns(is: Exclude<Is, 'bookmarked'>): ColumnTerm[] {
  if (is === 'error') return [withFlag(Flag.threw), { column: 'type', passes: isErrorName }]
  if (is === 'root') return [withFlag(Flag.input), { column: 'causeKind', passes: kind => kind === 0 }]
  return [withFlag(Flag[is])]
}

function withFlag(mask: number): ColumnTerm {
  return { column: 'flags', passes: flags => (flags & mask) !== 0 }
}

/** Tests that any of `terms` holds, which are all of one column; with `not`, that none does. All of them are one look into a table. */
export function columnTest(terms: readonly ColumnTerm[], not: boolean, context: TermContext): TermTest {
  const { log } = context
  const passes = (value: string | number) =>
    terms.some(term => (term.passes as (value: string | number) => boolean)(value)) !== not
  const { column } = terms[0] as ColumnTerm
  switch (column) {
    case 'type':
      return nameTest(column, passes, () => log.types)
    case 'source':
      return nameTest(column, passes, () => log.sources)
    case 'producer':
      return nameTest(column, passes, () => log.session.producers.map(({ name }) => name))
    case 'take':
      return takeTest(passes)
    case 'flags':
      return byteTest(context.lateColumn(column), passes)
    default:
      return byteTest(chunk => chunk[column], passes)
  }
}

function nameTest(
  column: 'type' | 'source' | 'producer',
  passes: (name: string) => boolean,
  names: () => readonly string[],
): TermTest {
  const table = new NameTable(passes)
  return { narrow: (chunk, _, selection) => selection.keep16(chunk[column], table.upTo(names())) }
}

/** Tests the take. Most chunks have events of one take only, so that their rows are not looked at. */
function takeTest(passes: (take: number) => boolean): TermTest {
  let table: Uint8Array | undefined
  return {
    narrow(chunk: SteadyChunk, _: unknown, selection: Selection) {
      const take = factsOf(chunk)?.take ?? uniform(chunk.take, chunk.count)
      if (take !== MIXED) {
        if (!passes(take)) selection.clear()
        return
      }
      table ??= new Uint8Array(0x10000)
      let last = MIXED
      for (let row = selection.from; row < selection.to; row++) {
        const value = chunk.take[row] as number
        if (value !== last) table[value] = passes(value) ? 1 : 0
        last = value
      }
      selection.keep16(chunk.take, table)
    },
  }
}

function byteTest(of: (chunk: SteadyChunk) => Uint8Array, passes: (value: number) => boolean): TermTest {
  const table = new Uint8Array(256).map((_, value) => (passes(value) ? 1 : 0))
  return { narrow: (chunk, _, selection) => selection.keep8(of(chunk), table) }
}
