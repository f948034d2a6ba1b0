export { type MethodAdapterOptions, type MethodName, methodAdapter } from '../adapters/method'
export { type MethodEvent, type MethodOptions, recordMethod } from '../adapters/record-method'
export { type Around, type Method, wrapMethod } from '../adapters/wrap'
