import type { SessionFile } from '@playhead/shared/file/format'
import { smallFile } from './small-file'

/** A session as the lines of a `.jsonl` file: header, snapshots, gaps, events, end. */
export function fileLines(file: SessionFile = smallFile(), header: object = {}): string[] {
  const { format, version, session, snapshots, gaps, events } = file
  return [
    { format, version, session, ...header },
    ...snapshots.map(snapshot => ({ snapshot })),
    ...gaps.map(gap => ({ gap })),
    ...events,
    { end: { events: events.length } },
  ].map(line => JSON.stringify(line))
}

/** A file as a user drops it. */
export function textFile(name: string, lines: readonly string[] | string): File {
  return new File([typeof lines === 'string' ? lines : `${lines.join('\n')}\n`], name)
}
