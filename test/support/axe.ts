import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Frame, Page } from 'puppeteer-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Returns what axe finds wrong in a frame, one line for each element with the rule and its impact. Empty where it finds nothing. */
export async function accessProblems(frame: Frame | Page): Promise<string[]> {
  await frame.evaluate(`window.axe ?? (() => { ${source}; })()`)
  const { violations } = (await frame.evaluate(`axe.run(document, { resultTypes: ['violations'] })`)) as AxeResults
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.slice(0, 4).map(({ target, html }) => `${id} (${impact}): ${target.join(' ')}  ${html.slice(0, 160)}`),
  )
}
