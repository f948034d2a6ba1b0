import type { ElementHandle, Frame, Page } from 'puppeteer-core'
import { waitFor } from './wait'

/** A selector, or a function that finds the element anew at each try. */
export type Target = string | (() => Promise<ElementHandle<Element> | null | undefined>)

/** ms within which a click must reach the element. */
const ARRIVES = 2000

/**
 * Clicks with the real mouse, `count` times (default: once). A browser clicks whatever is at the place by then, in silence. So this waits
 * until the target is there, stands still and is not covered, and clicks again where the click reached something else. Rejects, with the
 * reason as cause, where no click reaches the target in time.
 */
export async function clickOn(where: Frame | Page, target: Target, what = String(target), count = 1): Promise<void> {
  const find = typeof target === 'string' ? () => where.$(target) : target
  await waitFor(
    async () => {
      const element = await find()
      if (!element) throw new Error('it is not there')
      const problem = await element.evaluate(prepare)
      if (problem) throw new Error(problem)
      await element.click({ count })
      await waitFor(() => reached(element), { what: 'the click to arrive', timeout: ARRIVES, every: 10 })
      return true
    },
    { what: `a click on ${what}` },
  )
}

/**
 * Runs in the document. Returns why the element cannot be clicked now; where it can, an empty text, and notes on the element that a click
 * came.
 */
async function prepare(element: Element): Promise<string> {
  if (!element.checkVisibility({ visibilityProperty: true })) return 'it is hidden'
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
  const before = element.getBoundingClientRect()
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  if (!element.isConnected) return 'it has gone'
  const after = element.getBoundingClientRect()
  if (after.x !== before.x || after.y !== before.y || after.width !== before.width || after.height !== before.height) {
    return 'it moves'
  }
  const [box = after] = element.getClientRects()
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
  if (!hit || !element.contains(hit))
    return `over it lies ${hit?.outerHTML.slice(0, 120) ?? 'nothing: it is out of view'}`
  Object.assign(element, { reached: false })
  element.addEventListener('click', () => Object.assign(element, { reached: true }), { capture: true, once: true })
  return ''
}

/** Tells whether the click came. It did where the document went away: that was its effect. */
function reached(element: ElementHandle<Element>): Promise<boolean> {
  return element.evaluate(one => (one as Element & { reached?: boolean }).reached === true).catch(() => true)
}
