import { parseReplay } from '@playhead/shared/wire/parse-replay'
import { page } from '../page/natives'
import type { ReplayExtension } from '../recorder/replay-host'
import { noBanner, pageBanner } from './banner'
import { PageReplayer } from './replayer'
import { replayHost } from './target'
import { platformTimer, type Timing } from './timer'

export interface ReplayOptions {
  /** Show a banner in the page while a replay is active. Default: true. */
  banner?: boolean
  /** `precise` (default) spends the last millisecond before each step in a loop; `light` leaves it to timers. */
  timing?: Timing
}

/** Lets a panel replay recorded events into this page: `createRecorder({ extensions: [replay()] })`. */
export function replay({ banner = true, timing = 'precise' }: ReplayOptions = {}): ReplayExtension {
  return {
    kind: 'replay',
    parse: parseReplay,
    connect: core =>
      new PageReplayer(replayHost(core), platformTimer(timing), banner && page ? pageBanner(page.document) : noBanner),
  }
}
