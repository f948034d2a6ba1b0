import { createHash } from 'node:crypto'
import { artifactsOf } from '@playhead/shared/model/artifact'
import type { ArtifactMessage } from '@playhead/shared/wire/messages'
import { parseFromPage } from '@playhead/shared/wire/parse'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RecorderWithHistory } from '../api/recorder'
import { createRecorder } from '../index'
import { FakeEngine, until } from '../testing/fake-engine'

const natives = vi.hoisted(() => ({ hashes: true }))
vi.mock('../page/natives', async original => ({
  ...(await original<typeof import('../page/natives')>()),
  warnOnce: () => {},
}))
vi.mock('./digest', async original => {
  const real = await original<typeof import('./digest')>()
  return {
    get digest() {
      return natives.hashes ? real.digest : undefined
    },
  }
})

const recorders: RecorderWithHistory[] = []
function create(options = {}): RecorderWithHistory {
  const recorder = createRecorder({ enabled: true, name: 'test', ...options })
  recorders.push(recorder)
  return recorder
}
afterEach(() => {
  natives.hashes = true
  for (const recorder of recorders.splice(0)) recorder.dispose()
})

const MB = 1 << 20
const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
/** As the engine sees them: checked. */
const arrived = (engine: FakeEngine) =>
  engine.replies.map(parseFromPage).filter((message): message is ArtifactMessage => message.t === 'artifact')
const textOf = ({ data }: ArtifactMessage) => new TextDecoder().decode(data)
const marked = (engine: FakeEngine) => artifactsOf({ marks: engine.marks })

describe('an artifact', () => {
  it('is a mark that names it, and bytes beside the log', async () => {
    const recorder = create()
    const engine = new FakeEngine()
    engine.connect(recorder)
    recorder.record('before')
    recorder.artifact('report', '{"ok":true}', { type: 'application/json' })
    recorder.record('after')
    await until(() => arrived(engine).length === 1 && engine.marks.length === 1)
    const ref = hashOf('{"ok":true}')
    expect(marked(engine)).toMatchObject([{ name: 'report', ref, type: 'application/json', bytes: 11 }])
    expect(engine.marks[0]).toMatchObject({ kind: 'artifact', producer: recorder.id, afterN: 1 })
    const [message] = arrived(engine) as [ArtifactMessage]
    expect(message).toMatchObject({ ref, name: 'report', type: 'application/json', afterN: 1 })
    expect(textOf(message)).toBe('{"ok":true}')
    expect(message.time).toBe(engine.marks[0]?.time)
  })

  it('may be text, a buffer, part of a buffer, or a Blob; what the app changes later does not count', async () => {
    const recorder = create()
    const buffer = new Uint8Array([1, 2, 3]).buffer
    const view = new Uint8Array([9, 4, 5, 9]).subarray(1, 3)
    recorder.artifact('text', 'é')
    recorder.artifact('buffer', buffer)
    recorder.artifact('view', view, { type: 'image/x' })
    recorder.artifact('blob', new Blob(['b'], { type: 'text/html' }))
    new Uint8Array(buffer).fill(0)
    view.fill(0)
    const engine = new FakeEngine()
    engine.connect(recorder)
    await until(() => arrived(engine).length === 4)
    const found = arrived(engine)
      .sort((a, b) => a.id - b.id)
      .map(({ name, type, data }) => [name, type, [...new Uint8Array(data)]])
    expect(found).toEqual([
      ['text', 'text/plain', [0xc3, 0xa9]],
      ['buffer', '', [1, 2, 3]],
      ['view', 'image/x', [4, 5]],
      ['blob', 'text/html', [98]],
    ])
  })

  it('waits for a panel, comes again to the next one, and goes when it is on disk', async () => {
    const recorder = create()
    recorder.artifact('early', 'x')
    const first = new FakeEngine()
    first.connect(recorder)
    await until(() => arrived(first).length === 1)
    first.lose()
    const second = new FakeEngine()
    second.connect(recorder)
    await until(() => arrived(second).length === 1)
    expect(recorder.history.statistics().artifacts).toEqual({ kept: 1, bytes: 1, lost: 0 })
    second.send({ t: 'kept', id: arrived(second)[0]?.id })
    await until(() => recorder.history.statistics().artifacts.kept === 0)
    expect(recorder.history.statistics().artifacts).toEqual({ kept: 0, bytes: 0, lost: 0 })
  })

  it('of the latest 32 MiB is kept; of the others only the mark', async () => {
    const recorder = create()
    for (let i = 0; i < 5; i++) recorder.artifact(`part ${i}`, new Uint8Array(10 * MB).fill(i))
    expect(recorder.history.statistics().artifacts).toEqual({ kept: 3, bytes: 30 * MB, lost: 2 })
    const engine = new FakeEngine()
    engine.connect(recorder)
    await until(() => arrived(engine).length === 3 && engine.marks.length === 5)
    // In the order in which they were hashed.
    const names = arrived(engine).map(({ name }) => name)
    expect(names.sort()).toEqual(['part 2', 'part 3', 'part 4'])
    expect(marked(engine).map(({ name }) => name)).toEqual(['part 0', 'part 1', 'part 2', 'part 3', 'part 4'])
    expect(marked(engine)[0]?.ref).toBe(hashOf(new Uint8Array(10 * MB)))
  })

  it('that is too large is a mark without a reference', async () => {
    const recorder = create()
    const engine = new FakeEngine()
    engine.connect(recorder)
    recorder.artifact('huge', new Uint8Array(16 * MB + 1))
    recorder.artifact('text', 'x'.repeat(16 * MB + 1))
    recorder.artifact('blob', new Blob([new Uint8Array(16 * MB + 1)]))
    await until(() => engine.marks.length === 3)
    expect(marked(engine).map(({ ref, bytes }) => [ref, bytes])).toEqual(Array(3).fill(['', 16 * MB + 1]))
    expect(arrived(engine)).toEqual([])
    expect(recorder.history.statistics().artifacts).toEqual({ kept: 0, bytes: 0, lost: 0 })
  })

  it('is hashed and marked by the engine where the page cannot', async () => {
    natives.hashes = false
    const recorder = create()
    for (let i = 0; i < 4; i++) recorder.artifact(`part ${i}`, new Uint8Array(10 * MB))
    const engine = new FakeEngine()
    engine.connect(recorder)
    await until(() => arrived(engine).length === 3 && engine.marks.length === 1)
    const found = arrived(engine).map(({ ref, name }) => [ref, name])
    expect(found.sort()).toEqual([1, 2, 3].map(i => ['', `part ${i}`]))
    // The one that had to go: nobody else would name it.
    expect(marked(engine)).toMatchObject([{ name: 'part 0', ref: '', bytes: 10 * MB }])
  })

  it('never throws, whatever it is given', async () => {
    const recorder = create()
    const engine = new FakeEngine()
    engine.connect(recorder)
    const unreadable = new Blob(['x'])
    unreadable.arrayBuffer = () => Promise.reject(new Error('gone'))
    const odd = {
      get type(): string {
        throw new Error('no')
      },
    }
    for (const data of [undefined, null, 5, {}, [1], () => 0, Symbol('x'), new Date()])
      expect(() => recorder.artifact('odd', data as never)).not.toThrow()
    expect(() => recorder.artifact(Symbol('x') as never, 'x', odd as never)).not.toThrow()
    expect(() => recorder.artifact('options', 'x', odd)).not.toThrow()
    recorder.artifact('unreadable', unreadable)
    recorder.artifact('x'.repeat(1000), 'fine', { type: 'y'.repeat(1000) })
    await until(() => arrived(engine).length === 1 && engine.marks.length === 2)
    expect(marked(engine).find(({ name }) => name === 'unreadable')?.ref).toBe('')
    expect(arrived(engine)[0]).toMatchObject({ name: 'x'.repeat(256), type: 'y'.repeat(128) })
  })

  it('is nothing where recording is off, or over', () => {
    const off = createRecorder({ enabled: false })
    off.artifact('x', 'x')
    expect(off.history.statistics().artifacts).toEqual({ kept: 0, bytes: 0, lost: 0 })
    const recorder = create()
    recorder.dispose()
    recorder.artifact('x', 'x')
    expect(recorder.history.statistics().artifacts.kept).toBe(0)
  })
})
