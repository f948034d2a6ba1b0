/** What a file may ask for at most. A file past one of these is refused with its name and place; ours never are. */
export const FileBudget = {
  /** Nesting of the whole document. */
  depth: 500,
  /** Nesting of one payload, state or patch. */
  rawDepth: 480,
  /** Characters of one string. */
  string: 40 * 1024 * 1024,
  /** Characters of one payload, state or patch. */
  raw: 40 * 1024 * 1024,
  /** Bytes of one line of a `.jsonl` file. */
  line: 64 * 1024 * 1024,
  /** Lines that are skipped. */
  badLines: 1_000_000,
  /** Compressed data may unpack to so many times its size, once it is past so many bytes; deflate can do 1032. */
  ratio: 200,
  ratioFrom: 32 * 1024 * 1024,
  /** Members of one object and elements of one array, outside the lists of the document. */
  entries: 1_000_000,
  events: 20_000_000,
  bookmarks: 100_000,
  snapshots: 100_000,
  gaps: 1_000_000,
  /** Files that make up one session. */
  parts: 10_000,
  /** Of one event. */
  causes: 1024,
  artifacts: 64,
  patches: 64,
  facets: 256,
} as const
