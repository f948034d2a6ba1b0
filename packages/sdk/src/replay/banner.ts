/**
 * A small sign in the page while a replay is active: the page must not pass for the live one. In a closed shadow root, styled through
 * a constructed sheet and filled through `textContent`, so that a strict Content Security Policy and Trusted Types let it be.
 */
export interface Banner {
  onStop(stop: () => void): void
  show(applied: number, total: number): void
  progress(applied: number): void
  done(): void
  remove(): void
}

export const noBanner: Banner = { onStop() {}, show() {}, progress() {}, done() {}, remove() {} }

const SHEET = `
:host { all: initial; position: fixed; inset: auto 0 12px; z-index: 2147483647; display: flex; justify-content: center;
  pointer-events: none; contain: layout style; }
div { pointer-events: auto; display: flex; gap: 8px; align-items: center; padding: 6px 6px 6px 12px; border-radius: 999px;
  font: 13px/1.4 system-ui, sans-serif; color: #fff; background: #7a1f5c; box-shadow: 0 2px 12px #0006; }
span:empty { display: none; }
span[aria-hidden] { font-variant-numeric: tabular-nums; opacity: .85; }
button { all: unset; cursor: pointer; padding: 2px 10px; border-radius: 999px; background: #fff3; }
button:hover { background: #fff5; }
button:focus-visible { outline: 2px solid #fff; }
@media (forced-colors: active) { div, button { border: 1px solid; } }
@media print { :host { display: none; } }`

interface Parts {
  host: HTMLElement
  says: HTMLElement
  count: HTMLElement
  button: HTMLElement
}

/** Every access to the document is guarded: without one, or where the page forbids it, the replay runs without a banner. */
export function pageBanner(doc: Document): Banner {
  let parts: Parts | undefined
  let total = 0
  let stop = () => {}

  const guarded = (touch: () => void) => {
    try {
      touch()
    } catch {
      // The page's document is the page's: no banner then.
    }
  }
  const set = (node: HTMLElement, text: string) => {
    if (node.textContent !== text) node.textContent = text
  }
  return {
    onStop(callback) {
      stop = callback
    },
    show: (applied, all) =>
      guarded(() => {
        total = all
        parts ??= build(doc, () => stop())
        set(parts.says, 'Playhead is replaying…')
        set(parts.count, `step ${applied} of ${total}`)
        set(parts.button, 'Stop')
        doc.documentElement.append(parts.host)
      }),
    progress: applied =>
      guarded(() => {
        if (parts) set(parts.count, `step ${applied} of ${total}`)
      }),
    done: () =>
      guarded(() => {
        if (!parts) return
        set(parts.says, 'Playhead shows the replayed state')
        set(parts.button, 'Back to live')
      }),
    remove: () =>
      guarded(() => {
        parts?.host.remove()
        parts = undefined
      }),
  }
}

function build(doc: Document, stop: () => void): Parts {
  const make = (name: string, attributes: Record<string, string> = {}) => {
    const element = doc.createElement(name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    return element
  }
  const host = make('playhead-banner')
  const root = host.attachShadow({ mode: 'closed' })
  // A document takes sheets of its own window only.
  const { CSSStyleSheet } = doc.defaultView as typeof globalThis & Window
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(SHEET)
  root.adoptedStyleSheets = [sheet]
  const says = make('span', { role: 'status' })
  // Read aloud once, not at every step.
  const count = make('span', { 'aria-hidden': 'true' })
  const button = make('button', { type: 'button' })
  button.addEventListener('click', stop)
  const bar = make('div')
  bar.append(says, count, button)
  root.append(bar)
  return { host, says, count, button }
}
