export { type EventEmitterLike, eventEmitterAdapter } from '../adapters/event-emitter'
