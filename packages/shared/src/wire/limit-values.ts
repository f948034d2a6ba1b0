/**
 * Bounds of what may come over the wire. Each is a constant of its own, so that a bundle holds the numbers that it uses and no names.
 * Import them as `Limits` from wire/limits.
 */

/** At most so many events are in one batch. */
export const batchEvents = 4096
/** At most so many bytes of payload text are in one batch. The whole batch without keyframes has at most twice as many bytes. */
export const batchBytes = 1 << 20
/** A batch or a chunk has at most so many bytes, keyframes included: as many as browsers let a message carry. */
export const containerBytes = 64 << 20
/** The payload's text of one event has at most so many UTF-8 bytes. */
export const eventBytes = 256 * 1024
/** A batch has at most so many sections; a chunk, where facets of several producers meet, so many. */
export const sections = 256
export const chunkSections = 1024
/** A string table of a batch or chunk has at most so many strings. */
export const strings = 0xffff
/** A type, a source or the name of a facet has at most so many characters. */
export const name = 256
/** An address or origin, and a title or the name of an app or session, have at most so many characters. */
export const url = 8192
export const title = 512
/** An app's configuration has at most so many characters. */
export const config = 64 * 1024
/** A message, and a session, have at most so many schemas, each with at most so many characters. */
export const schemas = 512
export const schema = 16 * 1024
/** A message, and a session, have at most so many descriptions, each with at most so many characters. */
export const descriptions = 512
export const description = 512
/** A recorder has at most so many registered states. */
export const states = 256
/** A value of a facet has at most so many characters. */
export const facetText = 1024
/** A recorder has at most so many facets. */
export const facets = 32
/** A recorder has at most so many attachments: the column `via` is one byte. */
export const attachments = 255
/** A keyframe that a recorder makes has at most so many UTF-8 bytes; a larger state is cut. */
export const keyframeBytes = 16 << 20
/** A keyframe that is taken in has at most so many characters. */
export const keyframe = 32 * 1024 * 1024
/** An artifact has at most so many bytes, and its media type so many characters. */
export const artifactBytes = 16 << 20
export const artifactType = 128
/** A message has at most so many steps of a replay. */
export const steps = 512
