/** Runs tsc for each context, two at a time. Every context has libraries of its own, so that `document` does not compile in a worker. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { hasThirdParty } from './lib/ensure-third-party'
import { fromRoot } from './lib/paths'

const CONTEXTS = [
  'packages/shared',
  'packages/sdk',
  'packages/engine',
  'packages/engine/src/node',
  'packages/extension/src/bridge',
  'packages/extension/src/background',
  'packages/extension/src/devtools',
  'packages/extension/src/platform',
  'packages/extension/src/panel',
  'examples/payments',
  'examples/grid',
  '.',
  // Its libraries are installed by the first `npm test`; without them nothing there compiles.
  ...(hasThirdParty() ? ['test/third-party'] : []),
]

const projects = CONTEXTS.flatMap(folder =>
  ['tsconfig.json', 'tsconfig.test.json'].map(name => `${folder}/${name}`),
).filter(path => existsSync(fromRoot(path)))

function check(project: string): Promise<boolean> {
  return new Promise(resolve => {
    const tsc = spawn(
      process.execPath,
      [fromRoot('node_modules/typescript/bin/tsc'), '-p', project, '--pretty', 'false'],
      {
        cwd: fromRoot('.'),
      },
    )
    let text = ''
    tsc.stdout.on('data', chunk => (text += chunk))
    tsc.stderr.on('data', chunk => (text += chunk))
    tsc.on('close', code => {
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${project}`)
      if (text.trim()) console.log(text.trimEnd())
      resolve(code === 0)
    })
  })
}

const queue = [...projects]
const lanes = [0, 1].map(async () => {
  let good = true
  for (let next = queue.shift(); next; next = queue.shift()) good = (await check(next)) && good
  return good
})
const results = await Promise.all(lanes)
process.exitCode = results.every(Boolean) ? 0 : 1
