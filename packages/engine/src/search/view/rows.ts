import type { EventRow, ExtraColumn, Row, RowPage } from '../../contract/view'
import { eventRow } from '../../log/event-row'
import { chunkAt } from '../../log/order'
import type { LogChunk, LogReader } from '../../log/reader'
import { loadTexts } from '../read/texts'
import { extraCells, MOST_COLUMNS } from './extra-columns'
import type { EventItem, ViewItem } from './items'
import type { View } from './view'

/** Rows of one page, at most. */
const PAGE = 2000

/**
 * Reads the items at places `from … from + count` (exclusive) as rows: at most 2,000 rows, and 30 columns of `extra`. The items are those
 * of the moment of the call, even if the log changes while payload text is read from disk.
 */
export async function readPage(
  view: View,
  from: number,
  count: number,
  extra: readonly ExtraColumn[] = [],
): Promise<RowPage> {
  const columns = extra.slice(0, MOST_COLUMNS)
  const { reader } = view
  const start = Math.max(0, Math.trunc(from))
  const end = Math.min(view.length, start + Math.min(PAGE, Math.max(0, Math.trunc(count))))
  const { version } = view
  const places: (ViewItem & { chunk?: LogChunk | undefined })[] = []
  for (let index = start; index < end; index++) {
    const item = view.itemAt(index)
    places.push('seq' in item ? { ...item, chunk: chunkAt(reader, item.seq) } : item)
  }
  const texts = await loadTexts(
    reader,
    places.flatMap(place => place.chunk ?? []),
  )
  const items: Row[] = []
  for (const place of places) {
    if ('gap' in place) items.push({ item: 'gap', gap: place.gap, producer: place.producer, time: place.time })
    else if ('lineOf' in place) {
      items.push({ item: 'line', seq: place.lineOf, line: place.line, time: timeOf(reader, place.lineOf) })
    } else if (place.chunk) {
      items.push(rowOf(reader, place, place.chunk, texts.get(place.chunk), columns))
    }
  }
  return { view: view.id, version, from: start, items }
}

/** Session time of the event in ms; 0 when it is not in the log any more. */
function timeOf(reader: LogReader, seq: number): number {
  const chunk = chunkAt(reader, seq)
  return chunk?.time[seq - chunk.firstSeq] ?? 0
}

function rowOf(
  reader: LogReader,
  { seq, repeats }: EventItem,
  chunk: LogChunk,
  text: Uint8Array | undefined,
  columns: readonly ExtraColumn[],
): EventRow {
  const index = seq - chunk.firstSeq
  const row = eventRow(reader, chunk, index, text)
  if (columns.length > 0) row.extra = extraCells(columns, chunk, index, text)
  if (!repeats) return row
  const until = timeOf(reader, repeats.last)
  return { ...row, repeats: { count: repeats.count, until, open: repeats.open } }
}
