import type { Running } from './assemble'
import { countPacked } from './compress/compressor'
import type { EngineStatus } from './contract/engine'
import type { LogReader } from './log/reader'
import { countIndexed } from './search/scan/indexer'
import type { Meter } from './tasks/meter'

/** How things stand with the engine. `problem`: why nothing can be stored, empty where it can. */
export function readStatus(
  { store, ingest, keeper }: Running,
  meter: Meter,
  shown: LogReader | undefined,
  problem: string,
): EngineStatus {
  const { live } = store
  const log = live?.log
  const { busy, rate } = meter.read(ingest.events)
  const { retention } = keeper
  return {
    session: live ? live.info : null,
    recording: ingest.recording,
    links: ingest.list(),
    events: log?.stored ?? 0,
    missing: log?.missing ?? 0,
    lastSeq: (log?.endSeq ?? 0) - 1,
    persistedSeq: (live?.writer?.persistedSeq ?? (retention.keep === 'disk' ? 0 : (log?.endSeq ?? 0))) - 1,
    rate: Math.round(rate),
    lag: ingest.lag,
    memory: log?.memory ?? 0,
    disk: live?.writer?.bytes ?? 0,
    ...countPacked(log),
    ...countIndexed(shown),
    storage: retention.keep !== 'disk' ? 'memory' : problem ? 'degraded' : 'persistent',
    problem,
    retention,
    kept: keeper.kept,
    next: keeper.next,
    rejected: ingest.rejected,
    busy: Math.round(busy * 100) / 100,
  }
}
