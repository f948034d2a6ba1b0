import { fromRoot } from '../../scripts/lib/paths.ts'
import { BUILT, type Mounts, type ServeOptions, type Site, serve } from '../../scripts/lib/serve.ts'

export type { Site }

/** The built SDK under `/sdk/`, and buses for the pages of tests under `/vendor/`. */
export const SDK_MOUNTS: Mounts = {
  '/sdk': fromRoot('packages/sdk/dist'),
  '/vendor': fromRoot('node_modules/mitt/dist'),
}

/**
 * What `npm start` serves (`/payments/`, `/grid/`, `/panel/standalone.html`), `test/fixtures` under `/fixtures/`, and `pages`: HTML by
 * path, for pages a test writes itself. On a free port of localhost.
 */
export function startServer(
  options: { pages?: Record<string, string>; mounts?: Mounts; fallback?: ServeOptions['fallback'] } = {},
): Promise<Site> {
  const { pages = {}, mounts = {}, fallback } = options
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
