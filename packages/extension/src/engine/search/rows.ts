import type { Row, RowPage } from '../contract'
import type { LogChunk } from '../log/reader'
import { eventRow } from './event-row'
import { chunkAt } from './order'
import { loadTexts } from './texts'
import type { View, ViewItem } from './view'

/** Rows of one page at most. */
const PAGE = 2000

/** Items `from … from + count` of the view as it is now, even if the log changes while text is read from disk. */
export async function readPage(view: View, from: number, count: number): Promise<RowPage> {
  const { reader } = view
  const start = Math.max(0, Math.trunc(from))
  const end = Math.min(view.length, start + Math.min(PAGE, Math.max(0, Math.trunc(count))))
  const { version } = view
  const places: (ViewItem & { chunk?: LogChunk })[] = []
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
    else if (place.chunk) {
      items.push(eventRow(reader, place.chunk, place.seq - place.chunk.firstSeq, texts.get(place.chunk)))
    }
  }
  return { view: view.id, version, from: start, items }
}
