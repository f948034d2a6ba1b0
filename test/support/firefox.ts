import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFirefox } from '../../scripts/lib/find-browser.ts'
import { fromRoot } from '../../scripts/lib/paths.ts'
import { Marionette } from './marionette'
import { pause, waitFor } from './wait'

export const FIREFOX_EXTENSION = fromRoot('packages/extension/dist/firefox')

const PREFERENCES = {
  // With 0, Firefox takes a free port and writes it into the file MarionetteActivePort.
  'marionette.port': 0,
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'extensions.getAddons.cache.enabled': false,
}

/** A headless Firefox with an extension and one tab, driven over Marionette. */
export class Firefox {
  readonly profileDir: string
  readonly #process: ChildProcess
  readonly #remote: Marionette
  readonly #ownsProfile: boolean

  private constructor(profileDir: string, ownsProfile: boolean, process: ChildProcess, remote: Marionette) {
    this.profileDir = profileDir
    this.#ownsProfile = ownsProfile
    this.#process = process
    this.#remote = remote
  }

  static async launch(options: { extension?: string; profileDir?: string } = {}): Promise<Firefox> {
    const { extension = FIREFOX_EXTENSION, profileDir = mkdtempSync(join(tmpdir(), 'playhead-firefox-')) } = options
    if (!existsSync(join(extension, 'manifest.json')))
      throw new Error(`${extension} has no built extension: npm run build:firefox`)
    const program = findFirefox()
    if (!program) throw new Error('no Firefox here: install one or set FIREFOX_PATH')
    const lines = Object.entries(PREFERENCES).map(([key, value]) => `user_pref("${key}", ${JSON.stringify(value)});`)
    writeFileSync(join(profileDir, 'user.js'), lines.join('\n'))
    const portFile = join(profileDir, 'MarionetteActivePort')
    rmSync(portFile, { force: true })
    const child = spawn(
      program,
      ['--headless', '--marionette', '-remote-allow-system-access', '--no-remote', '--profile', profileDir],
      { stdio: 'ignore', detached: true },
    )
    try {
      const remote = await waitFor(() => Marionette.connect(Number(readFileSync(portFile, 'utf8'))), {
        what: 'Firefox to answer',
        timeout: 60_000,
        every: 200,
      })
      const firefox = new Firefox(profileDir, !options.profileDir, child, remote)
      await remote.send('WebDriver:NewSession', {})
      await remote.send('Addon:Install', { path: extension, temporary: true })
      return firefox
    } catch (error) {
      await endGroup(child)
      throw error
    }
  }

  async open(url: string): Promise<void> {
    await this.#remote.send('Marionette:SetContext', { value: 'content' })
    await this.#remote.send('WebDriver:Navigate', { url })
  }

  /** Runs the body of an async function in the page and returns what it resolves to, which must be JSON. */
  inPage(body: string): Promise<unknown> {
    return this.#run('content', body)
  }

  /** Runs the body of an async function with the browser's own rights. */
  inBrowser(body: string): Promise<unknown> {
    return this.#run('chrome', body)
  }

  /** Opens DevTools on the tab and shows the panel of that title. Resolves when its document has loaded. */
  async openPanel(title = 'Playhead'): Promise<void> {
    await waitFor(() => this.inBrowser(`${TOOLBOX}\n${showPanel(title)}`), {
      what: `the ${title} panel`,
      timeout: 60_000,
      every: 200,
    })
    // The frame's first document, about:blank, is complete too, and not the one to wait for.
    await waitFor(
      () => this.inPanel('return document.readyState === "complete" && location.protocol !== "about:"', 1_000),
      {
        what: `the document of the ${title} panel`,
      },
    )
  }

  /**
   * Runs the body of an async function in the shown panel's document and returns what it resolves to, which must be JSON. Rejects after
   * `timeout` ms.
   */
  inPanel(body: string, timeout = 20_000): Promise<unknown> {
    return this.inBrowser(`${TOOLBOX}\n${evaluateInPanel(body, timeout)}`)
  }

  async closeDevTools(): Promise<void> {
    await this.inBrowser(`${TOOLBOX}\nawait gDevTools.getToolboxForTab(gBrowser.selectedTab)?.destroy(); return true`)
  }

  /** Kills Firefox, and deletes its profile unless it was given. */
  async close(): Promise<void> {
    this.#remote.close()
    await endGroup(this.#process)
    if (this.#ownsProfile) rmSync(this.profileDir, { recursive: true, force: true, maxRetries: 5 })
  }

  async #run(context: 'content' | 'chrome', body: string): Promise<unknown> {
    await this.#remote.send('Marionette:SetContext', { value: context })
    const answer = (await this.#remote.send('WebDriver:ExecuteAsyncScript', {
      args: [],
      scriptTimeout: 30_000,
      script: `
        const answer = arguments[arguments.length - 1];
        (async () => { ${body} })().then(value => answer({ value: value ?? null }), error => answer({ error: String(error) }))`,
    })) as { value: { value?: unknown; error?: string } }
    if (answer.value.error !== undefined) throw new Error(answer.value.error)
    return answer.value.value
  }
}

const TOOLBOX = `
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs')
  const { gDevTools } = require('devtools/client/framework/devtools')`

const showPanel = (title: string) => `
  const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab, {})
  const tool = toolbox.getAdditionalTools().find(candidate => candidate.label === ${JSON.stringify(title)})
  if (!tool) return false
  await toolbox.selectTool(tool.id)
  return true`

let questions = 0

/**
 * Returns text that evaluates `body` in the panel. The panel's document is in the extension's process, so a frame script is sent there,
 * which evaluates the text in a sandbox over the panel's window, as a script of the panel would. A document that goes away never answers,
 * so a timer does after `timeout` ms.
 */
const evaluateInPanel = (body: string, timeout: number) => {
  // Every question has a name of its own, so that a late answer to one is not taken for the answer to the next.
  const name = `playhead:answer:${++questions}`
  const inSandbox = `(async () => JSON.stringify(await (async () => { ${body} })()))()
    .then(json => answer(json, undefined), error => answer(undefined, String(error)))`
  const script = `
    const sandbox = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false })
    Cu.exportFunction((json, error) => sendAsyncMessage(${JSON.stringify(name)}, { json, error }), sandbox, { defineAs: 'answer' })
    Cu.evalInSandbox(${JSON.stringify(inSandbox)}, sandbox)`
  return `
    const toolbox = gDevTools.getToolboxForTab(gBrowser.selectedTab)
    const frame = toolbox?.doc.querySelector('#toolbox-panel-' + CSS.escape(toolbox.currentToolId) + ' iframe')
    const panel = frame?.contentDocument?.querySelector('browser')
    if (!panel) throw new Error('no panel is shown')
    const manager = panel.messageManager
    const { setTimeout, clearTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs')
    const answer = await new Promise(resolve => {
      const end = data => {
        clearTimeout(timer)
        manager.removeMessageListener(${JSON.stringify(name)}, take)
        resolve(data)
      }
      const take = message => end(message.data)
      const timer = setTimeout(() => end({ error: 'the panel did not answer in time' }), ${timeout})
      manager.addMessageListener(${JSON.stringify(name)}, take)
      manager.loadFrameScript('data:,' + encodeURIComponent(${JSON.stringify(script)}), false)
    })
    if (answer.error !== undefined) throw new Error(answer.error)
    return answer.json === undefined ? null : JSON.parse(answer.json)`
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return
  const gone = once(child, 'exit')
  process.kill(-child.pid, 'SIGKILL')
  await gone
  await pause(0)
}
