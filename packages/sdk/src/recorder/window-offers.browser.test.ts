import { pagehideEvent, parseWindowMessage } from '@playhead/shared/wire/handshake'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RecorderOptions } from '../api/options'
import type { Recorder } from '../api/recorder'
import { createRecorder } from '../entries/core'
import { values } from '../entries/values'
import { FakeEngine, settle, until } from '../testing/fake-engine'

const NONCE = '0123456789abcdef0123456789abcdef'
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
  sessionStorage.clear()
})
beforeEach(() => sessionStorage.clear())

function recorderWith(options: RecorderOptions = {}): Recorder {
  const recorder = createRecorder({ enabled: true, name: 'test', ...options })
  cleanups.push(() => recorder.dispose())
  return recorder
}

/** What the bridge does in the page's window: offers, takes ports, hears the synchronous events of `pagehide`. */
function bridge(engine: FakeEngine, nonce = NONCE) {
  const heard: string[] = []
  const ports: { recorder: string; port: MessagePort }[] = []
  const offer = () => window.postMessage({ playhead: 'offer', wire: 1, nonce }, '/')
  const onMessage = (event: MessageEvent) => {
    const message = parseWindowMessage(event.data)
    if (!message || event.source !== window) return
    heard.push(message.playhead)
    if (message.playhead === 'sdk') offer()
    const port = event.ports[0]
    if (message.playhead === 'port' && port) {
      ports.push({ recorder: message.recorder, port })
      engine.adopt(port)
    }
  }
  const last: { recorder: string; data: ArrayBuffer }[] = []
  const onLast = (event: Event) => {
    const { detail } = event as CustomEvent<{ recorder: string; data: ArrayBuffer }>
    last.push(detail)
    engine.take(detail.data)
  }
  window.addEventListener('message', onMessage)
  window.addEventListener(pagehideEvent(nonce), onLast)
  cleanups.push(() => {
    window.removeEventListener('message', onMessage)
    window.removeEventListener(pagehideEvent(nonce), onLast)
  })
  return { offer, heard, ports, last }
}

const leave = (persisted = false) => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted }))
const comeBack = () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))

describe('the door in the window', () => {
  it('opens whoever comes first', async () => {
    const engine = new FakeEngine()
    const early = recorderWith()
    early.record('a')
    await settle()
    const { offer } = bridge(engine)
    offer()
    await until(() => engine.events.size === 1)
    expect(engine.hello).toMatchObject({ context: 'frame', origin: location.origin, url: location.href })

    const second = new FakeEngine()
    const other = bridge(second, NONCE.replaceAll('0', '1'))
    const late = recorderWith()
    late.record('b')
    await until(() => second.hello?.producer === late.id || engine.hello?.producer === late.id)
    expect(other.heard).toContain('sdk')
  })

  it('hands over one port per recorder and panel, however often it is asked', async () => {
    const engine = new FakeEngine()
    const { offer, ports } = bridge(engine)
    const recorder = recorderWith()
    await until(() => engine.hello !== undefined)
    for (let i = 0; i < 5; i++) offer()
    recorder.record('a')
    await until(() => engine.events.size === 1)
    await settle()
    expect(ports.filter(({ recorder: id }) => id === recorder.id)).toHaveLength(1)
    const next = new FakeEngine()
    bridge(next, NONCE.replaceAll('a', 'b')).offer()
    await until(() => next.events.size === 1)
  })

  it('stays shut for others', async () => {
    const recorder = recorderWith({ panelOrigins: [] })
    const asked: unknown[] = []
    const frame = document.createElement('iframe')
    document.body.append(frame)
    cleanups.push(() => frame.remove())
    const inner = frame.contentWindow as Window & { eval(code: string): unknown }
    inner.addEventListener('message', event => asked.push(event.data))
    const script = inner.document.createElement('script')
    script.textContent = `parent.postMessage({ playhead: 'offer', wire: 1, nonce: '${NONCE}' }, '*')`
    inner.document.body.append(script)
    window.postMessage({ playhead: 'offer', wire: 2, nonce: NONCE }, '/')
    window.postMessage({ playhead: 'offer', wire: 1, nonce: 'short' }, '/')
    let ports = 0
    const count = (event: MessageEvent) => {
      ports += event.ports.length
    }
    window.addEventListener('message', count)
    cleanups.push(() => window.removeEventListener('message', count))
    await settle()
    await settle()
    expect(ports).toBe(0)
    expect(asked).toEqual([])
    expect(recorder.enabled).toBe(true)
  })
})

describe('leaving the page', () => {
  it('delivers everything at once, and what later listeners emit', async () => {
    const engine = new FakeEngine()
    const { offer, last } = bridge(engine)
    const recorder = recorderWith()
    const later = () => {
      for (let i = 0; i < 1000; i++) recorder.record('goodbye', i)
    }
    window.addEventListener('pagehide', later)
    cleanups.push(() => window.removeEventListener('pagehide', later))
    offer()
    await until(() => engine.hello !== undefined)
    await settle()
    for (let i = 0; i < 1000; i++) recorder.record('same task', i)
    leave()
    expect(engine.events.size).toBe(2000)
    expect(last.every(({ recorder: id }) => id === recorder.id)).toBe(true)
    expect(engine.missing()).toBe(0)
    expect(sessionStorage.length).toBe(0)
  })

  it('goes on after the back/forward cache, over a new port', async () => {
    const engine = new FakeEngine()
    const { ports } = bridge(engine)
    const recorder = recorderWith()
    await until(() => engine.hello !== undefined)
    recorder.record('before')
    leave(true)
    recorder.record('hidden')
    engine.lose()
    comeBack()
    recorder.record('after')
    await until(() => engine.events.size === 3)
    expect(ports.filter(({ recorder: id }) => id === recorder.id)).toHaveLength(2)
    for (let i = 0; i < 10; i++) recorder.record('batched again')
    await until(() => engine.events.size === 13)
    expect(
      engine
        .list()
        .map(event => event.type)
        .slice(0, 3),
    ).toEqual(['before', 'hidden', 'after'])
  })

  it('tells the next page what nobody heard', async () => {
    const first = recorderWith()
    const later = () => first.record('last word')
    window.addEventListener('pagehide', later)
    cleanups.push(() => window.removeEventListener('pagehide', later))
    for (let i = 0; i < 5; i++) first.record('a')
    leave()
    first.dispose()
    const engine = new FakeEngine()
    const { offer } = bridge(engine)
    recorderWith()
    offer()
    await until(() => engine.hello !== undefined)
    expect(engine.hello?.previous).toEqual({ producer: first.id, emitted: 6, sent: 0 })
    expect(sessionStorage.length).toBe(0)
  })

  it('survives storage that is garbage', async () => {
    for (const garbage of ['', 'x', '{}', '{"producer":"x","emitted":1,"sent":0}', '[1]', 'null']) {
      sessionStorage.setItem('playhead:test', garbage)
      const engine = new FakeEngine()
      const { offer } = bridge(engine)
      const recorder = recorderWith()
      offer()
      await until(() => engine.hello?.producer === recorder.id)
      expect(engine.hello?.previous).toBeNull()
      for (const cleanup of cleanups.splice(0)) cleanup()
    }
  })
})

describe('payloads of the browser', () => {
  it('are named, not walked', async () => {
    const engine = new FakeEngine()
    const recorder = recorderWith({ limits: { total: 20_000 }, extensions: [values()] })
    engine.connect(recorder)
    const button = document.createElement('button')
    button.id = 'pay'
    button.className = 'big  red'
    recorder.record('odd', {
      button,
      window,
      document,
      text: document.createTextNode('x'),
      event: new MouseEvent('click'),
    })
    await until(() => engine.events.size === 1)
    expect(JSON.parse(engine.list()[0]?.payload as string)).toMatchObject({
      button: { $ph: 'node', v: 'button#pay.big.red' },
      window: { $ph: 'instance', type: 'globalThis' },
      document: { $ph: 'node', v: '#document' },
      text: { $ph: 'node', v: '#text' },
      event: { $ph: 'instance', type: 'MouseEvent', v: { type: 'click', clientX: 0, button: 0 } },
    })
  })
})
