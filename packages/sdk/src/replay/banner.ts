/**
 * A small sign in the page while a replay is active: nobody should take the page for the live one. It lives in a closed shadow root, is
 * styled through a constructed sheet and filled through `textContent`, so that a strict Content Security Policy and Trusted Types allow it.
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

interface Elements {
  host: HTMLElement
  says: HTMLElement
  count: HTMLElement
  button: HTMLElement
}

/** Makes the banner of a document. Every access to the document is guarded: where the page forbids it, the replay runs without a banner. */
export function pageBanner(doc: Document): Banner {
  let elements: Elements | undefined
  let total = 0
  let stop = () => {}

  const guarded = (touch: () => void) => {
    try {
      touch()
    } catch {
      // The page changed its document in a way that does not allow a banner: there is none then.
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
        elements ??= build(doc, () => stop())
        set(elements.says, 'Playhead is replaying…')
        set(elements.count, `step ${applied} of ${total}`)
        set(elements.button, 'Stop')
        doc.documentElement.append(elements.host)
      }),
    progress: applied =>
      guarded(() => {
        if (elements) set(elements.count, `step ${applied} of ${total}`)
      }),
    done: () =>
      guarded(() => {
        if (!elements) return
        set(elements.says, 'Playhead shows the replayed state')
        set(elements.button, 'Back to live')
      }),
    remove: () =>
      guarded(() => {
        elements?.host.remove()
        elements = undefined
      }),
  }
}

function build(doc: Document, stop: () => void): Elements {
  const make = (name: string, attributes: Record<string, string> = {}) => {
    const element = doc.createElement(name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    return element
  }
  const host = make('playhead-banner')
  const root = host.attachShadow({ mode: 'closed' })
  // A document takes only sheets that were made by its own window.
  const { CSSStyleSheet } = doc.defaultView as typeof globalThis & Window
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(SHEET)
  root.adoptedStyleSheets = [sheet]
  const says = make('span', { role: 'status' })
  // A screen reader reads the text aloud once, and not the count at every step.
  const count = make('span', { 'aria-hidden': 'true' })
  const button = make('button', { type: 'button' })
  button.addEventListener('click', stop)
  const bar = make('div')
  bar.append(says, count, button)
  root.append(bar)
  return { host, says, count, button }
}
