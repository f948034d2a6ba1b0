/** Version of batches, chunks and link messages. The database and the file format have numbers of their own. */
export const WIRE_VERSION = 1

export const Limits = {
  /** Events in one batch at most. */
  batchEvents: 4096,
  /** Bytes of payload text in one batch at most; all of it but keyframes has at most twice that. */
  batchBytes: 1 << 20,
  /** Bytes of one batch or chunk at most, keyframes included: what the browsers let a message carry. */
  containerBytes: 64 << 20,
  /** UTF-8 bytes of one event's payload text at most. */
  eventBytes: 256 * 1024,
  /** Sections in one batch at most; in one chunk, where several producers' facets meet. */
  sections: 256,
  chunkSections: 1024,
  /** Strings in one table of a batch or chunk at most. */
  strings: 0xffff,
  /** Characters of a type, source or facet name at most. */
  name: 256,
  /** Characters of a url, an origin, a title or an app's or session's name at most. */
  url: 8192,
  title: 512,
  /** Characters of an app's configuration at most. */
  config: 64 * 1024,
  /** Schemas in one message and of one session at most, and characters of one. */
  schemas: 512,
  schema: 16 * 1024,
  /** Descriptions in one message and of one session at most, and characters of one. */
  descriptions: 512,
  description: 512,
  /** Registered states of one recorder at most. */
  states: 256,
  /** Characters of one facet value at most. */
  facetText: 1024,
  /** Facets of one recorder at most. */
  facets: 32,
  /** Attachments of one recorder at most (the `via` column is one byte). */
  attachments: 255,
  /** UTF-8 bytes of one keyframe that a recorder makes at most: what is larger is cut. */
  keyframeBytes: 16 << 20,
  /** Characters of one keyframe at most. */
  keyframe: 32 * 1024 * 1024,
  /** Bytes of one artifact at most, and characters of its type. */
  artifactBytes: 16 << 20,
  artifactType: 128,
  /** Steps in one replay message at most. */
  steps: 512,
} as const
