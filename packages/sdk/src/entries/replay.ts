import { parseReplay } from '@playhead/shared/wire/parse-replay'
import type { ReplayExtension, ReplayOptions } from '../api/extensions'
import { page } from '../page/natives'
import { asExtension } from '../recorder/extensions'
import { noBanner, pageBanner } from '../replay/banner'
import { PageReplayer } from '../replay/replayer'
import { replayTarget } from '../replay/target'
import { platformTimer } from '../replay/timer'

export { CannotReplay } from '../api/cannot-replay'
export type { ReplayExtension, ReplayOptions }

/** Lets a panel replay recorded events into this page: `createRecorder({ extensions: [replay()] })`. */
export function replay({ banner = true, timing = 'precise' }: ReplayOptions = {}): ReplayExtension {
  return asExtension({
    kind: 'replay',
    parse: parseReplay,
    connect: internals =>
      new PageReplayer(
        replayTarget(internals),
        platformTimer(timing),
        banner && page ? pageBanner(page.document) : noBanner,
      ),
  })
}
