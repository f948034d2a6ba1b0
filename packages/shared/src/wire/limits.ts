/** Version of batches, chunks and messages. The database and the file format have versions of their own. */
export const WIRE_VERSION = 1

export * as Limits from './limit-values'
