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
 * The engine's host in Node. Everything lies under one folder, which several processes of one machine may share. Needs Node 20 or later.
 *
 *     <folder>/databases/<name>/    sessions and artifacts (folder-disk.ts)
 *     <folder>/exports/             files of exports, under the names that their user sees (file-exports.ts)
 *     <folder>/locks/               claims of the processes that use the folder (lock-files.ts)
 *     <folder>/peers/<name>/        messages between them (folder-peers.ts)
 */
export function nodeHost(folder: string): EngineHost {
  const locks = lockFiles(join(folder, 'locks'))
  return {
    disk: database => new FolderDisk(join(folder, 'databases', fileNameOf(database)), locks),
    locks,
    peers: (database, heard) => folderPeers(join(folder, 'peers', fileNameOf(database)), heard),
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
