import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineHost } from '../host'
import { ThreadRegexRunner } from '../search/terms/regex-runner'
import { fileExports } from './file-exports'
import { fileNameOf } from './file-names'
import { FolderDisk } from './folder-disk'
import { folderPeers } from './folder-peers'
import { lockFiles } from './lock-files'
import { regexThread } from './regex-thread'

/**
 * The engine's host in Node: everything lies under one folder, which several processes may share. Databases are folders in it, exports are
 * files in `exports`. Needs Node 20 or later.
 */
export function nodeHost(folder: string): EngineHost {
  const locks = lockFiles(join(folder, 'locks'))
  return {
    disk: database => new FolderDisk(join(folder, fileNameOf(database)), locks),
    locks,
    peers: (database, heard) => folderPeers(join(folder, fileNameOf(database), 'peers'), heard),
    exports: fileExports(join(folder, 'exports')),
    regex: new ThreadRegexRunner(regexThread),
    async quota() {
      const { blocks, bavail, bsize } = await statfs(folder).catch(() => ({ blocks: 0, bavail: 0, bsize: 0 }))
      return { usage: (blocks - bavail) * bsize, quota: blocks * bsize }
    },
    clock: { now: () => Date.now(), elapsed: () => performance.now() },
    agent: `Node.js ${process.version}`,
  }
}
