import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { problemsOf, standaloneProblems } from './check-dist.ts'
import { manifestFor } from './manifest.ts'

/** The manifest's policy with one part of it changed. */
function policy(from: string, to: string): object {
  const { extension_pages } = manifestFor('chromium').content_security_policy as { extension_pages: string }
  expect(extension_pages).toContain(from)
  return { content_security_policy: { extension_pages: extension_pages.replace(from, to) } }
}

describe('a built extension', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'playhead-dist-'))
    write('bridge.js', '(function(){chrome.runtime.onConnect.addListener(()=>{})})();')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const manifest = (more: object = {}) =>
    write('manifest.json', JSON.stringify({ ...manifestFor('chromium'), ...more }))

  it('is fine as we mean it', () => {
    manifest()
    write('assets/panel.js', 'browser.devtools.inspectedWindow.eval("location.href")')
    expect(problemsOf(folder, 'chromium')).toEqual([])
    write('manifest.json', JSON.stringify(manifestFor('firefox')))
    expect(problemsOf(folder, 'firefox')).toEqual([])
  })

  it.each([
    [
      { web_accessible_resources: [{ resources: ['assets/x.js'], matches: ['<all_urls>'] }] },
      'web_accessible_resources',
    ],
    [{ web_accessible_resources: [] }, 'web_accessible_resources'],
    [{ content_scripts: [] }, 'content_scripts'],
    [{ externally_connectable: {} }, 'externally_connectable'],
    [{ host_permissions: ['<all_urls>'] }, '<all_urls>'],
    [{ background: { service_worker: 'x.js' } }, 'background'],
    [{ permissions: ['scripting', 'tabs'] }, 'tabs'],
    [{ permissions: ['<all_urls>'] }, '<all_urls>'],
    [{ optional_permissions: ['cookies'] }, 'cookies'],
    [{ optional_host_permissions: ['file:///*'] }, 'file:'],
    [{ sandbox: { pages: ['x.html'] } }, 'sandbox'],
    [policy("script-src 'self'", "script-src 'self' 'unsafe-eval'"), 'script-src'],
    [policy("script-src 'self'", "script-src 'self' https://cdn.example"), 'script-src'],
    [policy("connect-src 'none'", 'connect-src *'), 'connect-src'],
    [policy("default-src 'none';", ''), 'default-src'],
    [policy("base-uri 'none'", "base-uri 'none'; frame-src *"), 'frame-src'],
    [
      { content_security_policy: { ...(manifestFor('chromium').content_security_policy as object), sandbox: '*' } },
      'sandbox',
    ],
  ])('is refused with %j', (more, named) => {
    manifest(more)
    expect(problemsOf(folder, 'chromium')).toEqual([expect.stringContaining(named)])
  })

  it.each([
    ['bridge.js', 'import{a}from"./assets/a.js";a()', 'self-contained'],
    ['bridge.js', 'import("./assets/a.js")', 'self-contained'],
    ['bridge.js', 'throw Error("This script should only be loaded in a browser extension.")', 'polyfill'],
    ['assets/a.js', 'var x=new Function("return 1")', 'evaluates text'],
    ['assets/a.js', 'x=eval(text)', 'evaluates text'],
    ['assets/a.js', 'chrome.runtime.onMessageExternal.addListener(x)', 'listens'],
    ['assets/a.js', 'b.runtime.onConnectExternal.addListener(x)', 'listens'],
    ['assets/a.js', 'fetch("/x")', 'network'],
    ['assets/a.js', 'new WebSocket("wss://x")', 'network'],
    ['src/a.html', '<script>go()</script>', 'script inside'],
    ['src/a.html', '<script src="https://cdn.example/x.js"></script>', 'elsewhere'],
    ['src/a.html', '<img src=x onerror=go()>', 'handler'],
  ])('is refused where %s is %s', (name, text, named) => {
    manifest()
    write(name, text)
    expect(problemsOf(folder, 'chromium')).toEqual([expect.stringContaining(named)])
  })

  it('is refused where Firefox is not told that nothing is collected', () => {
    write(
      'manifest.json',
      JSON.stringify({ ...manifestFor('firefox'), browser_specific_settings: { gecko: { id: 'x' } } }),
    )
    expect(problemsOf(folder, 'firefox')).toEqual([expect.stringContaining('collected')])
  })

  it('is refused without its bridge', () => {
    manifest()
    rmSync(join(folder, 'bridge.js'))
    expect(problemsOf(folder, 'chromium')).toEqual(['bridge.js is missing'])
  })

  it('keeps the polyfill out of the standalone page', () => {
    expect(standaloneProblems(folder)).toEqual([])
    write('assets/a.js', 'throw Error("This script should only be loaded in a browser extension.")')
    expect(standaloneProblems(folder)).toEqual(['assets/a.js has the polyfill'])
  })
})
