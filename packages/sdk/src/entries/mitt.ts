export { type MittLike, type MittOptions, mittAdapter } from '../adapters/mitt'
