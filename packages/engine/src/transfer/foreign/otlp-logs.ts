import type { ForeignFormat, ForeignOut, ForeignReader } from './format'
import { objectOf, payloadFrom, recordOf, textOf } from './payload-text'
import { severityLevel } from './severity'
import { timeOfNanoseconds } from './times'

/** Characters of a text that may be an event's name. */
const NAME = 80

/** OpenTelemetry's logs, as its collectors write them into files: a JSON object of `resourceLogs` a line, or one document. */
const OTLP: Omit<ForeignFormat, 'items'> = { name: 'OTLP logs', reader: out => new OtlpReader(out) }
const RESOURCE = ['resourceLogs', '*', 'resource'] as const
const SCOPES = ['resourceLogs', '*', 'scopeLogs', '*'] as const
export const OTLP_LOGS: ForeignFormat = {
  ...OTLP,
  items: [RESOURCE, [...SCOPES, 'scope'], [...SCOPES, 'logRecords', '*']],
}
export const OTLP_LINES: ForeignFormat = { ...OTLP, items: [] }

class OtlpReader implements ForeignReader {
  private resource: Record<string, unknown> = {}
  private scope = ''

  constructor(private readonly out: ForeignOut) {}

  item(path: readonly string[], text: string): void {
    if (path.length === 0) this.line(text)
    else if (path.at(-1) === 'resource') this.resource = attributesOf(objectOf(text).value.attributes)
    else if (path.at(-1) === 'scope') this.scope = textOf(objectOf(text).value.name)
    else this.log(objectOf(text).value)
  }

  private line(text: string): void {
    const { resourceLogs } = objectOf(text).value
    if (!Array.isArray(resourceLogs)) throw new Error('it has no resourceLogs')
    for (const entry of resourceLogs) {
      const { resource, scopeLogs } = recordOf(entry)
      this.resource = attributesOf(recordOf(resource).attributes)
      for (const logs of listOf(scopeLogs)) {
        const { scope, logRecords } = recordOf(logs)
        this.scope = textOf(recordOf(scope).name)
        for (const record of listOf(logRecords)) this.log(recordOf(record))
      }
    }
  }

  private log(record: Record<string, unknown>): void {
    const { body, severityNumber, severityText, traceId, spanId } = record
    const attributes = attributesOf(record.attributes)
    const said = plainValue(body)
    const type = textOf(record.eventName) || textOf(attributes['event.name']) || textOf(said).slice(0, NAME) || 'log'
    this.out.event({
      at: timeOfNanoseconds(record.timeUnixNano) ?? timeOfNanoseconds(record.observedTimeUnixNano),
      ...{ type, source: textOf(this.resource['service.name']) || this.scope || 'unknown' },
      level: severityLevel(typeof severityNumber === 'number' ? severityNames(severityNumber) : severityText),
      payload: payloadFrom({
        ...(said !== undefined && { body: said }),
        ...(Object.keys(attributes).length > 0 && { attributes }),
        ...(Object.keys(this.resource).length > 0 && { resource: this.resource }),
      }),
      facets: {
        ...(severityText || severityNumber
          ? { severity: textOf(severityText) || severityNames(Number(severityNumber)) }
          : {}),
        ...(traceId ? { traceId: textOf(traceId) } : {}),
        ...(spanId ? { spanId: textOf(spanId) } : {}),
        ...(this.scope ? { scope: this.scope } : {}),
      },
    })
  }
}

/** OTLP counts 1 to 24, four for each name. */
function severityNames(number: number): string {
  return ['trace', 'debug', 'info', 'warn', 'error', 'fatal'][Math.floor((number - 1) / 4)] ?? ''
}

function attributesOf(attributes: unknown): Record<string, unknown> {
  return Object.fromEntries(
    listOf(attributes).map(attribute => {
      const { key, value } = recordOf(attribute)
      return [textOf(key), plainValue(value)]
    }),
  )
}

/** The value in OTLP's wrapping. A 64-bit number is text there, and stays exact. */
function plainValue(any: unknown): unknown {
  const value = recordOf(any)
  if ('stringValue' in value) return value.stringValue
  if ('boolValue' in value) return value.boolValue
  if ('doubleValue' in value) return value.doubleValue
  if ('bytesValue' in value) return value.bytesValue
  if ('intValue' in value) {
    const text = String(value.intValue)
    if (!/^-?\d{1,20}$/.test(text)) return text
    return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)
  }
  if ('arrayValue' in value) return listOf(recordOf(value.arrayValue).values).map(plainValue)
  if ('kvlistValue' in value) return attributesOf(recordOf(value.kvlistValue).values)
  return undefined
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
