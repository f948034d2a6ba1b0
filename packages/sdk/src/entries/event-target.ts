export { type EventTargetOptions, eventTargetAdapter } from '../adapters/event-target'
