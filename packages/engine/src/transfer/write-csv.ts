import { numberFrom } from '@playhead/shared/file/numbers'
import type { LogReader } from '../log/reader'
import { numberCell, rowOf, textCell } from './csv-cell'
import { flatten } from './flatten'
import { inParts } from './in-parts'
import { type EventText, readEvents } from './read-events'
import type { FilePiece, WriteOptions } from './write-json'

/** Columns for members of payloads and for facets, at most; values of further ones are JSON in one last column. */
const MOST_COLUMNS = 500
/** Characters of the longest name that a column can have. */
const MOST_NAME = 500
const FIXED = ['id', 'time', 't', 'producer', 'n', 'type', 'source', 'kind', 'level', 'take', 'flags', 'cause'] as const
const MORE = ['causeKind', 'duration'] as const
const REST = 'more'

/** Spreadsheets take a file for UTF-8 only if it begins with this. */
const BYTE_ORDER_MARK = '\ufeff'

/**
 * Writes the events as a table, in small pieces: a row for each, with a column for every member of payloads, nested ones too, and for every
 * facet. It reads the session twice, because the first row names all columns. Null, undefined and a member that is not there are all empty
 * cells, as spreadsheets cannot tell them apart.
 */
export async function* writeCsv(reader: LogReader, { chosen, part }: WriteOptions = {}): AsyncGenerator<FilePiece> {
  const { endSeq } = reader
  const names = new Map(reader.session.producers.map(({ id, name }) => [id, name]))
  const columns = new Columns()
  for await (const slice of readEvents(reader, endSeq, chosen)) {
    for (const event of slice) cellsOf(event, path => columns.add(path))
    yield { text: '', events: 0 }
  }
  const header = [...FIXED, ...MORE, ...columns.names.map(textCell), ...(columns.isFull ? [REST] : [])]
  const begin = { text: BYTE_ORDER_MARK + rowOf(header), events: 0 }
  yield begin
  const row = (event: EventText) => rowOf([...fixed(event, names), ...columns.row(event)])
  for await (const piece of inParts(readEvents(reader, endSeq, chosen), part, row)) {
    if (piece === 'next part') {
      yield { text: '', events: 0, endsPart: true }
      yield begin
    } else yield { text: piece.texts.join(''), events: piece.texts.length }
  }
}

/** The columns that are named by paths. */
class Columns {
  /** Their names, in the order in which they were met. */
  readonly names: string[] = []
  /** Index of each path in `names`. */
  private readonly at = new Map<string, number>()
  /** Some path has no column of its own. */
  isFull = false

  add(path: string): void {
    if (this.at.has(path)) return
    if (this.names.length >= MOST_COLUMNS || path.length > MOST_NAME) {
      this.isFull = true
      return
    }
    this.at.set(path, this.names.length)
    this.names.push(path)
  }

  /** The cells of an event in these columns, and in the last one when there is one. */
  row(event: EventText): string[] {
    const cells = this.names.map(() => '')
    let more: [path: string, cell: string][] | undefined
    cellsOf(event, (path, cell) => {
      const column = this.at.get(path)
      if (column === undefined) (more ??= []).push([path, cell])
      else cells[column] = cell
    })
    if (this.isFull) cells.push(more ? textCell(JSON.stringify(Object.fromEntries(more))) : '')
    return cells
  }
}

/** The cells of an event in the columns that every table has. */
function fixed({ known }: EventText, names: ReadonlyMap<string, string>): string[] {
  const dash = known.id.lastIndexOf('-')
  const [cause] = known.causes ?? []
  return [
    known.id,
    known.time,
    numberCell(known.t),
    textCell(names.get(known.id.slice(0, dash)) ?? ''),
    String(Number(known.id.slice(dash + 1))),
    textCell(known.type),
    textCell(known.source),
    known.kind,
    known.level,
    String(known.take ?? 0),
    (known.flags ?? []).join(' '),
    cause?.id ?? '',
    cause?.kind ?? '',
    known.duration ? numberCell(known.duration) : '',
  ]
}

/** Calls `take` with the path and the cell of each facet and of each value in the payload. */
function cellsOf({ known, payload }: EventText, take: (path: string, cell: string) => void): void {
  for (const [name, value] of Object.entries(known.facets ?? {})) {
    take(`facet.${name}`, typeof value === 'string' ? textCell(value) : numberCell(numberFrom(value) ?? 0))
  }
  flatten(payload, 'payload', take)
}
