import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { plain } from '../testing/plain'
import { decodeBatch } from './batch-decode'
import { decodeHead, encodeHead } from './chunk-codec'
import { BATCH_COLUMNS, LOG_COLUMNS, newColumns } from './column-set'

const folder = new URL('../../../../test/fixtures/wire/', import.meta.url)

function bytes(name: string): ArrayBuffer {
  return Uint8Array.from(readFileSync(new URL(name, folder))).buffer
}

function json(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
}

describe('a batch of version 1', () => {
  it('is read today as on the day it was written', () => {
    const batch = decodeBatch(bytes('batch-v1.bin'))
    const laterColumns = plain(newColumns(BATCH_COLUMNS, batch.count)) as object
    expect(plain(batch)).toEqual({ ...laterColumns, ...(json('batch-v1.json') as object) })
  })

  it('keeps sections it does not know, through a stored chunk and back', () => {
    const { text, keyframes, late, gaps, marks, meta, ...columns } = decodeBatch(bytes('batch-v1-unknown-section.bin'))
    expect(plain(columns.unknown)).toEqual(json('unknown-sections.json'))
    const chunk = decodeHead(
      encodeHead({
        ...columns,
        meta: { firstSeq: 0, sealed: true, producers: [[0, meta.producer]], types: meta.types, sources: meta.sources },
        ...newColumns(LOG_COLUMNS, columns.count),
        text: undefined,
      }),
    )
    expect(plain(chunk.unknown)).toEqual(json('unknown-sections.json'))
    expect(plain(chunk.n)).toEqual(plain(columns.n))
    expect(plain(chunk.duration)).toEqual([0, 0, 0, 0, 0])
  })
})
