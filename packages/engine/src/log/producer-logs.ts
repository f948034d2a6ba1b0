import type { Gap } from '@playhead/shared/model/gap'
import type { ProducerId } from '@playhead/shared/model/id'
import type { ProducerInfo } from '@playhead/shared/model/session'
import { ProducerLog } from './producer-log'

/** A session has at most so many producers. */
export const MOST_PRODUCERS = 4096

/** The producers of one session in the order of their codes, and the gaps of all of them. */
export class ProducerLogs {
  /** By code. */
  readonly all: ProducerLog[] = []
  /** Ids by code. */
  readonly ids: ProducerId[] = []
  private readonly byId = new Map<ProducerId, ProducerLog>()
  private allGaps: Gap[] | undefined

  get full(): boolean {
    return this.all.length >= MOST_PRODUCERS
  }

  get(id: ProducerId): ProducerLog | undefined {
    return this.byId.get(id)
  }

  add(info: ProducerInfo): ProducerLog {
    const log = new ProducerLog(this.all.length, info)
    this.all.push(log)
    this.ids.push(info.id)
    if (!this.byId.has(info.id)) this.byId.set(info.id, log)
    return log
  }

  get gaps(): readonly Gap[] {
    this.allGaps ??= this.all.flatMap(log => log.gaps.gaps)
    return this.allGaps
  }

  /** Has `gaps` gathered anew. */
  gapsChanged(): void {
    this.allGaps = undefined
  }

  /** The number of events that are known to be missing. */
  get missing(): number {
    let missing = 0
    for (const log of this.all) missing += log.gaps.count
    return missing
  }
}
