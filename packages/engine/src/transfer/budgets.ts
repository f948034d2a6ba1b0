/** What a file may ask for, at most. A file that asks for more is refused, with the place where it does; none that we write does. */
export const FileBudget = {
  /** Levels of nesting in the whole document. */
  depth: 500,
  /** Levels of nesting in one payload, state or patch. */
  rawDepth: 480,
  /** Characters of one string. */
  string: 40 * 1024 * 1024,
  /** Characters of one payload, state or patch. */
  raw: 40 * 1024 * 1024,
  /** Bytes of one line of a `.jsonl` file. */
  line: 64 * 1024 * 1024,
  /** Lines that cannot be read and are skipped. */
  badLines: 1_000_000,
  /** Times its compressed size that a file may unpack to. Deflate can reach 1,032. */
  ratio: 200,
  /** Unpacked bytes from which on `ratio` is checked. */
  ratioFrom: 32 * 1024 * 1024,
  /** Members of one object, or elements of one array, apart from the lists of the document. */
  entries: 1_000_000,
  /** Items of the lists of the document. */
  events: 20_000_000,
  bookmarks: 100_000,
  snapshots: 100_000,
  gaps: 1_000_000,
  /** Files that make up one session. */
  parts: 10_000,
  /** What one event may have. */
  causes: 1024,
  artifacts: 64,
  patches: 64,
  facets: 256,
} as const
