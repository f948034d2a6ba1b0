import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import sirv from 'sirv'
import { fromRoot } from './paths.ts'

/** A server that runs. */
export interface Site {
  /** `http://localhost:5180`, without a slash at the end. */
  origin: string
  port: number
  close(): Promise<void>
}

/** Folders by the path under which they are served. */
export type Mounts = Record<string, string>

/** The folders that `npm start` serves, once they are built. */
export const BUILT: Mounts = {
  '/payments': fromRoot('examples/payments/dist'),
  '/grid': fromRoot('examples/grid/dist'),
  '/panel': fromRoot('packages/extension/dist/standalone'),
}

/** What is served, and where. */
export interface ServeOptions {
  mounts: Mounts
  /** 0 takes any free port. */
  port: number
  /** So many of the next ports are tried where the port is taken. Default 0. */
  further?: number
  /** Answers what no folder has; returns false to answer with 404. */
  fallback?: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** Serves folders on localhost only. Rejects where no port is free. */
export async function serve({ mounts, port, further = 0, fallback }: ServeOptions): Promise<Site> {
  const server = createServer(listener(mounts, fallback))
  for (let last = port + further; ; port++) {
    try {
      server.listen(port, 'localhost')
      await once(server, 'listening')
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port >= last) throw error
    }
  }
  return site(server)
}

function site(server: Server): Site {
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listener(mounts: Mounts, fallback: ServeOptions['fallback']): RequestListener {
  const handlers = Object.entries(mounts).map(([path, folder]) => ({ path, handle: sirv(folder, { dev: true }) }))
  return (request, response) => {
    const missing = () => {
      if (fallback?.(request, response)) return
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
    }
    const url = request.url ?? '/'
    const mount = handlers.find(({ path }) => url === path || url.startsWith(`${path}/`) || url.startsWith(`${path}?`))
    if (!mount) return missing()
    if (!url.startsWith(`${mount.path}/`)) {
      response.writeHead(302, { location: `${mount.path}/${url.slice(mount.path.length)}` }).end()
      return
    }
    request.url = url.slice(mount.path.length)
    mount.handle(request, response, missing)
  }
}
