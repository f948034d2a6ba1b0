import { afterEach, describe, expect, it, vi } from 'vitest'
import { pageBanner } from './banner'

/** The closed root, as the banner got it. */
function opened() {
  const attach = Element.prototype.attachShadow
  let root: ShadowRoot | undefined
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element, init) {
    root = attach.call(this, init)
    return root
  })
  return () => root as ShadowRoot
}

const inPage = () => document.querySelector('playhead-banner')

afterEach(() => {
  vi.restoreAllMocks()
  inPage()?.remove()
})

describe('the banner', () => {
  it('is there while a replay is active, says what it is and goes without a trace', () => {
    const root = opened()
    const before = document.documentElement.outerHTML
    const banner = pageBanner(document)
    banner.show(0, 12)
    expect(inPage()?.shadowRoot).toBeNull()
    const text = () => [...root().querySelectorAll('span, button')].map(node => node.textContent)
    expect(text()).toEqual(['Playhead is replaying…', 'step 0 of 12', 'Stop'])
    expect(root().querySelector('[role=status]')?.textContent).toBe('Playhead is replaying…')
    banner.progress(12)
    banner.done()
    expect(text()).toEqual(['Playhead shows the replayed state', 'step 12 of 12', 'Back to live'])
    banner.remove()
    expect(document.documentElement.outerHTML).toBe(before)
  })

  it('covers nothing but itself', () => {
    const root = opened()
    const banner = pageBanner(document)
    banner.show(1, 2)
    const host = inPage() as HTMLElement
    expect(getComputedStyle(host).pointerEvents).toBe('none')
    expect(getComputedStyle(host).position).toBe('fixed')
    const bar = root().querySelector('div') as HTMLElement
    expect(bar.getBoundingClientRect().width).toBeLessThan(400)
    expect(getComputedStyle(bar).pointerEvents).toBe('auto')
  })

  it('calls back once from its button', () => {
    const root = opened()
    const banner = pageBanner(document)
    let stops = 0
    banner.onStop(() => stops++)
    banner.show(0, 1)
    banner.remove()
    banner.show(0, 1)
    root().querySelector('button')?.click()
    expect(stops).toBe(1)
  })

  it('works where inline styles and plain HTML are forbidden', async () => {
    const frame = document.createElement('iframe')
    const policy = "default-src 'none'; style-src 'self'; require-trusted-types-for 'script'"
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><p>page</p>`
    const loaded = new Promise(done => frame.addEventListener('load', done, { once: true }))
    document.body.append(frame)
    await loaded
    const inner = frame.contentDocument as Document
    const violations: string[] = []
    inner.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective))
    const probe = inner.createElement('p')
    expect(() => (probe.innerHTML = '<b>x</b>')).toThrow()
    const banner = pageBanner(inner)
    banner.show(0, 1)
    const host = inner.querySelector('playhead-banner') as HTMLElement
    expect(inner.defaultView?.getComputedStyle(host).position).toBe('fixed')
    banner.done()
    banner.remove()
    expect(violations.filter(directive => !directive.includes('trusted-types'))).toEqual([])
    frame.remove()
  })

  it('is left out where the document refuses', () => {
    vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(() => {
      throw new Error('no')
    })
    const banner = pageBanner(document)
    expect(() => {
      banner.show(0, 1)
      banner.progress(1)
      banner.done()
      banner.remove()
    }).not.toThrow()
    expect(inPage()).toBeNull()
  })
})
