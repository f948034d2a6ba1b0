/** Without these a machine with no outside network stalls the browser, and a first run asks questions. */
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--disable-features=Translate,MediaRouter,OptimizationHints',
]

/** Chromium's sandbox does not work for root; nobody else goes without it. */
export const chromiumFlags = (): string[] => [...QUIET, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
