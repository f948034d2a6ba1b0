export { CannotReplay } from '../adapters/cannot-replay'
export { type ReplayOptions, replay } from '../replay/extension'
export type { ReplayExtension } from '../replay-host'
