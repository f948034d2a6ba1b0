import type { LogReader } from '../log/reader'
import { Indexer } from '../search/scan/indexer'

/** Sums up all that can be, as if nothing else happened for a while. */
export async function sumUp(reader: LogReader): Promise<void> {
  let now = 0
  const indexer = new Indexer({ busy: () => false, readers: () => [reader] }, () => now)
  now = 60_000
  indexer.tick()
  await indexer.idle()
}
