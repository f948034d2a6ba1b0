/** Flags without which the browser stalls on a machine that has no network, and asks questions when it runs for the first time. */
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--disable-features=Translate,MediaRouter,OptimizationHints',
]

/** Returns the flags to start Chromium with. Its sandbox does not work for root; for everybody else it stays on. */
export const chromiumFlags = (): string[] => [...QUIET, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
