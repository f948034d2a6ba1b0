import { CUT_KEY, escapeKey, TAG } from '@playhead/shared/values/tags'
import { FileBudget } from '../budgets'
import { readPiece } from '../json-piece'
import { RawJson } from '../value-builder'

type Json = Record<string, unknown>

/** The object that an item's text is, with the named members as payload text (tagged JSON, every digit kept). Throws where it is none. */
export function objectOf(text: string, ...raw: string[]): { value: Json; raw: Record<string, string | undefined> } {
  const value = readPiece(text, Object.fromEntries(raw.map(key => [key, 'raw' as const])))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is no JSON object')
  const texts: Record<string, string | undefined> = {}
  for (const key of raw) {
    const member = Object.hasOwn(value, key) ? (value as Json)[key] : undefined
    if (member instanceof RawJson) texts[key] = plain(member.text)
  }
  return { value: value as Json, raw: texts }
}

/** JSON of another program as payload text: its own keys that look like our tags mean nothing. */
export function payloadOf(text: string): string {
  const { v } = objectOf(`{"v":${text}}`, 'v').raw
  return v ?? 'null'
}

function plain(json: string): string {
  if (!json.includes(TAG) && !json.includes(CUT_KEY) && !json.includes('\\u')) return json
  return JSON.stringify(escaped(JSON.parse(json)))
}

/** A value that is made here as payload text. */
export function payloadFrom(value: unknown): string {
  return JSON.stringify(escaped(value)) ?? 'null'
}

function escaped(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return { [TAG]: 'bigint', v: String(value) }
  if (typeof value !== 'object' || value === null) return value
  if (depth > FileBudget.rawDepth) throw new Error(`nested deeper than ${FileBudget.rawDepth}`)
  if (Array.isArray(value)) return value.map(item => escaped(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [escapeKey(key), escaped(member, depth + 1)]))
}

export function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''
}

export function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}
