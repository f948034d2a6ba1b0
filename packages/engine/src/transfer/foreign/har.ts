import type { ForeignEvent, ForeignFormat, ForeignOut, ForeignReader } from './format'
import { objectOf, payloadFrom, payloadOf, recordOf, textOf } from './payload-text'
import { timeOf } from './times'

/**
 * HTTP archives: each entry is an event whose duration is that of the request, each page a navigation. The cause of a request is the one
 * that redirected to it, else the one whose answer made the page ask (`_initiator`, as Chromium writes it). Messages of a WebSocket are
 * caused by the request that opened it.
 */
export const HAR: ForeignFormat = {
  name: 'a HAR',
  items: [
    ['log', 'browser'],
    ['log', 'creator'],
    ['log', 'pages', '*'],
    ['log', 'entries', '*'],
  ],
  reader: out => new HarReader(out),
}

class HarReader implements ForeignReader {
  private index = 0

  constructor(private readonly out: ForeignOut) {}

  item([, member, at]: readonly string[], text: string): void {
    if (member === 'entries') this.entry(text, Number(at))
    else if (member === 'pages') this.page(text, at === '0')
    else this.program(text)
  }

  private program(text: string): void {
    const { name, version } = objectOf(text).value
    this.out.about({ browser: [name, version].map(textOf).join(' ').trim() })
  }

  private page(text: string, isFirst: boolean): void {
    const { startedDateTime, title } = objectOf(text).value
    if (isFirst) this.out.about({ title: textOf(title), url: URL.canParse(textOf(title)) ? textOf(title) : '' })
    const at = timeOf(startedDateTime)
    if (at === undefined) this.out.leftOut('pages without a time')
    else this.out.mark({ at, kind: 'navigation', name: textOf(title) })
  }

  private entry(text: string, index: number): void {
    const { value, raw } = objectOf(text, 'request', 'response', 'timings', 'cache', '_webSocketMessages')
    const request = recordOf(JSON.parse(raw.request ?? 'null'))
    const response = recordOf(JSON.parse(raw.response ?? 'null'))
    const method = textOf(request.method) || 'GET'
    const url = textOf(request.url)
    const status = Number(response.status) || 0
    const { request: _, response: __, timings, cache, _webSocketMessages, ...rest } = value
    const head = payloadFrom({ method, url, status, ...rest })
    const parts = ['request', 'response', 'timings', 'cache'].flatMap(key => (raw[key] ? `"${key}":${raw[key]}` : []))
    const at = timeOf(value.startedDateTime)
    this.out.event({
      ...{ at, type: `http:${method}`, source: hostOf(url), level: 'action' },
      duration: Math.max(0, Number(value.time) || 0),
      payload: `${[head.slice(0, -1), ...parts].join(',')}}`,
      key: url,
      causes: this.causesOf(value, url),
      facets: {
        method,
        status,
        host: hostOf(url),
        ...(value._resourceType ? { kind: textOf(value._resourceType) } : {}),
      },
    })
    const target = textOf(response.redirectURL)
    if (target) this.redirects.set(resolved(target, url), url)
    if (raw._webSocketMessages) this.messages(raw._webSocketMessages, url, index)
  }

  private readonly redirects = new Map<string, string>()

  private causesOf({ _initiator }: Record<string, unknown>, url: string): ForeignEvent['causes'] {
    const from = this.redirects.get(url)
    if (from && from !== url) return [{ key: from, kind: 'explicit' }]
    const { type, url: by, stack } = recordOf(_initiator)
    const { callFrames } = recordOf(stack)
    const [frame] = Array.isArray(callFrames) ? (callFrames as unknown[]) : []
    const initiator = textOf(by) || textOf(recordOf(frame).url)
    if (!initiator || initiator === url || type === 'other') return []
    return [{ key: initiator, kind: 'inferred' }]
  }

  private messages(json: string, url: string, entry: number): void {
    const messages: unknown = JSON.parse(json)
    if (!Array.isArray(messages)) return
    for (const message of messages) {
      const { type, time, data, opcode } = recordOf(message)
      this.out.event({
        ...{ at: timeOf(time), type: `websocket:${textOf(type) || 'message'}`, source: hostOf(url) },
        payload: payloadOf(JSON.stringify({ url, data, opcode })),
        causes: [{ key: url, kind: 'explicit' }],
        foreignId: `${entry}/${this.index++}`,
      })
    }
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'unknown'
}

function resolved(target: string, base: string): string {
  return URL.canParse(target, base) ? new URL(target, base).href : target
}
