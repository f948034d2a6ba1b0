export { CannotReplay } from '../api/cannot-replay'
export type { ReplayExtension } from '../recorder/replay-host'
export { type ReplayOptions, replay } from '../replay/extension'
