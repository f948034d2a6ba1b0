/** One constant each, so that a bundle holds the numbers it uses and no names. Used as `Limits.…` (wire/limits). */

/** Events in one batch at most. */
export const batchEvents = 4096
/** Bytes of payload text in one batch at most; all of it but keyframes has at most twice that. */
export const batchBytes = 1 << 20
/** Bytes of one batch or chunk at most, keyframes included: what the browsers let a message carry. */
export const containerBytes = 64 << 20
/** UTF-8 bytes of one event's payload text at most. */
export const eventBytes = 256 * 1024
/** Sections in one batch at most; in one chunk, where several producers' facets meet. */
export const sections = 256
export const chunkSections = 1024
/** Strings in one table of a batch or chunk at most. */
export const strings = 0xffff
/** Characters of a type, source or facet name at most. */
export const name = 256
/** Characters of a url, an origin, a title or an app's or session's name at most. */
export const url = 8192
export const title = 512
/** Characters of an app's configuration at most. */
export const config = 64 * 1024
/** Schemas in one message and of one session at most, and characters of one. */
export const schemas = 512
export const schema = 16 * 1024
/** Descriptions in one message and of one session at most, and characters of one. */
export const descriptions = 512
export const description = 512
/** Registered states of one recorder at most. */
export const states = 256
/** Characters of one facet value at most. */
export const facetText = 1024
/** Facets of one recorder at most. */
export const facets = 32
/** Attachments of one recorder at most (the `via` column is one byte). */
export const attachments = 255
/** UTF-8 bytes of one keyframe that a recorder makes at most: what is larger is cut. */
export const keyframeBytes = 16 << 20
/** Characters of one keyframe at most. */
export const keyframe = 32 * 1024 * 1024
/** Bytes of one artifact at most, and characters of its type. */
export const artifactBytes = 16 << 20
export const artifactType = 128
/** Steps in one replay message at most. */
export const steps = 512
