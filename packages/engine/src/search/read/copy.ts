import { isoTime } from '@playhead/shared/file/numbers'
import type { LogReader } from '../../log/reader'
import { nextTask } from '../../tasks/next-task'
import { readDetail } from './detail'

/** Characters for the clipboard at most. */
const MOST = 8_000_000
const SLICE = 200

/**
 * Events as text, in the order given: `json` an array of objects with id, time (ISO 8601), type, source, payload; `line` one line each.
 * Ends with the event that no longer fits; `events` says how many there are.
 */
export async function copyEvents(
  reader: LogReader,
  seqs: readonly number[],
  form: 'json' | 'line',
): Promise<{ text: string; events: number }> {
  const parts: string[] = []
  let length = 0
  for (const [i, seq] of seqs.entries()) {
    if (i % SLICE === SLICE - 1) await nextTask()
    const event = await readDetail(reader, seq)
    if (!event) continue
    const { id, type, source, wall, payload } = event
    const time = isoTime(wall)
    const part =
      form === 'line'
        ? `${time}\t${oneLine(type)}\t${oneLine(source)}\t${payload ?? ''}`
        : `  {"id":${JSON.stringify(id)},"time":"${time}","type":${JSON.stringify(type)},"source":${JSON.stringify(source)},"payload":${payload || 'null'}}`
    length += part.length + 2
    if (length > MOST) break
    parts.push(part)
  }
  return { text: form === 'line' ? parts.join('\n') : `[\n${parts.join(',\n')}\n]`, events: parts.length }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
