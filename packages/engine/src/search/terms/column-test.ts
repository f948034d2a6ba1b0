import { isErrorName, type Term } from '@playhead/shared/filter/filter'
import { compileGlob } from '@playhead/shared/filter/glob'
import { Flag, KINDS, LEVELS } from '@playhead/shared/model/event'
import type { LogChunk, LogReader } from '../../log/reader'
import { factsOf, MIXED, uniform } from './chunk-facts'
import { NameTable } from './name-table'
import type { Selection } from './selection'
import type { Reads, TermTest } from './term-test'

/** A term that one column of small numbers decides. */
export type ColumnTerm =
  | { column: 'type' | 'source' | 'producer'; passes: (name: string) => boolean }
  | { column: 'take' | 'level' | 'kind' | 'flags' | 'causeKind'; passes: (value: number) => boolean }

/** The column terms that together (or) are `term`; undefined: columns of small numbers do not decide it. */
export function columnTerms(term: Term): ColumnTerm[] | undefined {
  switch (term.key) {
    case 'type':
    case 'source':
    case 'producer':
      return [{ column: term.key, passes: compileGlob(term.glob) }]
    case 'level': {
      const last = LEVELS.indexOf(term.level)
      return [{ column: 'level', passes: level => level <= last }]
    }
    case 'kind': {
      const wanted = KINDS.indexOf(term.kind)
      return [{ column: 'kind', passes: kind => kind === wanted }]
    }
    case 'take':
      return [{ column: 'take', passes: take => term.take === '*' || take === term.take }]
    case 'is':
      if (term.is === 'bookmarked') return undefined
      if (term.is === 'error') return [withFlag(Flag.threw), { column: 'type', passes: isErrorName }]
      if (term.is === 'root') return [withFlag(Flag.input), { column: 'causeKind', passes: kind => kind === 0 }]
      return [withFlag(Flag[term.is])]
    case 'has':
      return term.has === 'cause' ? [{ column: 'causeKind', passes: kind => kind !== 0 }] : undefined
  }
  return undefined
}

function withFlag(mask: number): ColumnTerm {
  return { column: 'flags', passes: flags => (flags & mask) !== 0 }
}

/** Any of `terms`, all of one column; with `not` none of them. */
export function columnTest(terms: readonly ColumnTerm[], not: boolean, reader: LogReader): TermTest {
  const passes = (value: string | number) =>
    terms.some(term => (term.passes as (value: string | number) => boolean)(value)) !== not
  const { column } = terms[0] as ColumnTerm
  switch (column) {
    case 'type':
      return nameTest(column, passes, () => reader.types)
    case 'source':
      return nameTest(column, passes, () => reader.sources)
    case 'producer':
      return nameTest(column, passes, () => reader.session.producers.map(({ name }) => name))
    case 'take':
      return takeTest(passes)
    default:
      return byteTest(column, passes)
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

/** The takes of a chunk are mostly one: only where they are not does every row need a look. */
function takeTest(passes: (take: number) => boolean): TermTest {
  let table: Uint8Array | undefined
  return {
    narrow(chunk: LogChunk, _: unknown, selection: Selection) {
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

function byteTest(column: 'level' | 'kind' | 'flags' | 'causeKind', passes: (value: number) => boolean): TermTest {
  const table = new Uint8Array(256).map((_, value) => (passes(value) ? 1 : 0))
  const reads: Reads | undefined = column === 'flags' ? 'flags' : undefined
  return { ...(reads && { reads }), narrow: (chunk, _, selection) => selection.keep8(chunk[column], table) }
}
