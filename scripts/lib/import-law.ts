/**
 * Who may import whom. What is not named here is forbidden.
 *
 * A zone is a package, or one context of the extension. Zones import from each other in one direction:
 *
 *     shared ← sdk ← examples
 *     shared ← engine ← (types only) panel → platform → shared
 *                        bridge, background, devtools → platform
 *
 * Inside a zone, `rooms` are its folders, each with the folders it may import from; '.' are the files of the zone itself. The arrows
 * between rooms have one direction too: `npm run lint` fails where two rooms reach each other, and where an arrow is no longer used.
 */
export interface Zone {
  /** Folder from the root of the repository. */
  folder: string
  /** Folders of other zones it may import from. */
  from: string[]
  /** Folders of other zones it may import only types from. */
  typesFrom?: string[]
  /** npm packages that every file may import. */
  packages?: string[]
  /** npm packages, or `node:` for Node's own modules, that only the files under a room may import. A file's name is a room here too. */
  packagesOf?: Record<string, string[]>
  /** Files of other zones that it may name in `new URL('…', import.meta.url)`. */
  urls?: string[]
  /** The zone's folders, each with the folders of the zone that it may import from. Absent: the folders may import from each other. */
  rooms?: Record<string, string[]>
  /** Arrows against the law that are tolerated for now. */
  debts?: Debt[]
}

/** One import that breaks the law of rooms. */
export interface Debt {
  /** The file that imports, and the room it imports from. */
  file: string
  to: string
  /** Why it is tolerated. */
  why: string
}

const SHARED = 'packages/shared/src'
const SDK = 'packages/sdk/src'
const ENGINE = 'packages/engine/src'
const EXTENSION = 'packages/extension/src'
const PLATFORM = `${EXTENSION}/platform`

export const ZONES: readonly Zone[] = [
  {
    folder: SHARED,
    from: [],
    packages: ['valibot'],
    rooms: {
      model: [],
      values: [],
      log: [],
      filter: ['model', 'values'],
      wire: ['model'],
      file: ['model'],
    },
  },
  {
    folder: SDK,
    from: [SHARED],
    rooms: {
      api: [],
      page: [],
      redaction: ['api'],
      adapters: ['api', 'page'],
      encoder: ['api', 'page', 'redaction'],
      values: ['page', 'redaction', 'encoder'],
      journal: ['api', 'page', 'redaction', 'encoder'],
      artifacts: ['page'],
      delivery: ['page', 'journal'],
      recorder: ['api', 'page', 'encoder', 'journal', 'artifacts', 'delivery'],
      link: ['api', 'page', 'redaction', 'journal', 'delivery', 'recorder'],
      history: ['api', 'page', 'journal', 'recorder'],
      replay: ['api', 'page', 'journal', 'recorder'],
      entries: ['api', 'page', 'adapters', 'encoder', 'values', 'recorder', 'link', 'history', 'replay'],
      '.': ['api', 'entries'],
    },
  },
  {
    folder: ENGINE,
    from: [SHARED],
    packagesOf: {
      browser: ['idb'],
      'browser/entry.ts': ['comlink'],
      node: ['node:'],
      storage: ['ulid'],
      ingest: ['ulid'],
      transfer: ['ulid', 'valibot', '@streamparser/json'],
    },
    rooms: {
      contract: [],
      tasks: [],
      codec: ['tasks'],
      log: ['contract', 'codec'],
      schema: ['contract', 'log', 'tasks'],
      storage: ['codec', 'log'],
      artifacts: ['log', 'storage'],
      compress: ['codec', 'log', 'storage', 'tasks'],
      sessions: ['contract', 'log', 'storage', 'artifacts', 'compress', 'tasks'],
      retention: ['contract', 'log', 'sessions'],
      ingest: ['contract', 'log', 'schema', 'storage', 'artifacts', 'sessions', 'tasks'],
      'search/terms': ['log'],
      'search/scan': ['codec', 'log', 'tasks', 'search/terms'],
      'search/density': ['contract', 'log', 'tasks', 'search/terms', 'search/scan'],
      'search/read': ['contract', 'log', 'tasks', 'search/scan'],
      'search/vocabulary': ['contract', 'codec', 'log', 'tasks', 'search/terms'],
      'search/view': ['contract', 'log', 'tasks', 'search/terms', 'search/scan', 'search/density', 'search/read'],
      replay: ['contract', 'log', 'sessions'],
      transfer: ['artifacts', 'contract', 'log', 'schema', 'storage', 'sessions', 'tasks'],
      api: [
        ...['contract', 'log', 'schema', 'compress', 'sessions', 'retention', 'ingest', 'tasks'],
        ...['search/terms', 'search/scan', 'search/density', 'search/read', 'search/vocabulary', 'search/view'],
      ],
      '.': [
        ...['contract', 'api', 'compress', 'ingest', 'replay', 'retention', 'search/scan', 'search/terms', 'sessions'],
        ...['storage', 'tasks', 'transfer'],
      ],
      browser: ['.', 'search/terms', 'sessions', 'storage', 'transfer'],
      node: ['.', 'search/terms', 'sessions', 'storage', 'transfer'],
    },
  },
  { folder: PLATFORM, from: [SHARED], packages: ['webextension-polyfill'] },
  { folder: `${EXTENSION}/bridge`, from: [SHARED, PLATFORM] },
  { folder: `${EXTENSION}/background`, from: [SHARED, PLATFORM] },
  { folder: `${EXTENSION}/devtools`, from: [PLATFORM] },
  {
    folder: `${EXTENSION}/panel`,
    from: [SHARED, PLATFORM],
    typesFrom: [`${ENGINE}/contract`],
    packages: ['preact', '@preact/signals'],
    packagesOf: { connection: ['comlink'] },
    urls: [`${ENGINE}/browser/entry.ts`],
    // Features never import each other: they meet in the interfaces of state/actions, which app/ puts together.
    rooms: {
      widgets: [],
      connection: [],
      state: ['connection', 'widgets'],
      filter: ['state', 'connection', 'widgets'],
      list: ['state', 'connection', 'widgets'],
      timeline: ['state', 'connection', 'widgets'],
      inspector: ['state', 'widgets'],
      sessions: ['state', 'connection', 'widgets'],
      replay: ['state', 'connection', 'widgets'],
      app: ['state', 'connection', 'widgets', 'filter', 'list', 'timeline', 'inspector', 'sessions', 'replay'],
      '.': ['app', 'connection'],
    },
  },
  { folder: 'examples/payments/src', from: [SDK], packages: ['mitt', 'preact', '@preact/signals'] },
  { folder: 'examples/grid/src', from: [SDK], packages: ['ag-grid-community'] },
]

/** Names under which one package imports another, as in tsconfig.base.json: prefix → folder. */
export const ALIASES: readonly (readonly [prefix: string, folder: string])[] = [
  ['@playhead/shared/', `${SHARED}/`],
  ['@playhead/engine/', `${ENGINE}/`],
  ['@playhead/sdk/', `${SDK}/entries/`],
]
