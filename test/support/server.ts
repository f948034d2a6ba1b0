import { fromRoot } from '../../scripts/lib/paths.ts'
import { BUILT, type Mounts, type ServeOptions, type Site, serve } from '../../scripts/lib/serve.ts'

export type { Site }

/** Serves the built SDK under `/sdk/`, and buses for the pages of tests under `/vendor/`. */
export const SDK_MOUNTS: Mounts = {
  '/sdk': fromRoot('packages/sdk/dist'),
  '/vendor': fromRoot('node_modules/mitt/dist'),
}

/** What is served besides the built pages and fixtures. */
export interface ServerOptions {
  /** HTML by path, of pages that a test writes itself. */
  pages?: Record<string, string>
  mounts?: Mounts
  fallback?: ServeOptions['fallback']
}

/**
 * Serves what `npm start` does (`/payments/`, `/grid/`, `/panel/standalone.html`), `test/fixtures` under `/fixtures/`, and `pages`, on a
 * free port of localhost.
 */
export function startServer({ pages = {}, mounts = {}, fallback }: ServerOptions = {}): Promise<Site> {
  return serve({
    mounts: { ...BUILT, '/fixtures': fromRoot('test/fixtures'), ...mounts },
    port: 0,
    fallback: (request, response) => {
      const html = pages[(request.url ?? '').replace(/\?.*$/, '')]
      if (html === undefined) return fallback?.(request, response) ?? false
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
      return true
    },
  })
}
