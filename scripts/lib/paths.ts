import { fileURLToPath } from 'node:url'

/** Returns the absolute path of a path from the root of the repository. */
export const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
