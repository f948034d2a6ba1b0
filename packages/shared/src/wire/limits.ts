/** Version of batches, chunks and link messages. The database and the file format have numbers of their own. */
export const WIRE_VERSION = 1

export * as Limits from './limit-values'
