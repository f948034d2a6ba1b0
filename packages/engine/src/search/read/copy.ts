import { isoTime } from '@playhead/shared/file/numbers'
import { parseExact } from '@playhead/shared/values/exact'
import { plainJson } from '@playhead/shared/values/plain'
import type { LogReader } from '../../log/reader'
import { nextTask } from '../../tasks/next-task'
import { readDetail } from './detail'

/** Characters for the clipboard, at most. */
const MOST = 8_000_000
/** Events that are written before other tasks of the thread get their turn. */
const SLICE = 200

/**
 * Writes events as text, in the order given: with `json` as an array of objects with id, time (ISO 8601), type, source and payload, with
 * `line` as one line each. Stops before the event with which the text would be longer than 8 million characters. `events` is the number of
 * events in the text; those that are not in the log are left out.
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
        ? `${time}\t${oneLine(type)}\t${oneLine(source)}\t${plainOf(payload ?? '')}`
        : `  {"id":${JSON.stringify(id)},"time":"${time}","type":${JSON.stringify(type)},"source":${JSON.stringify(source)},"payload":${plainOf(payload || 'null')}}`
    length += part.length + 2
    if (length > MOST) break
    parts.push(part)
  }
  return { text: form === 'line' ? parts.join('\n') : `[\n${parts.join(',\n')}\n]`, events: parts.length }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** A payload as a person would write it, without the tags that only files need. */
function plainOf(payload: string): string {
  try {
    return plainJson(parseExact(payload))
  } catch {
    return payload
  }
}
