import { beforeEach, describe } from 'vitest'
import { diskContract } from './disk-contract'
import { MemoryDisk } from './memory-disk'

let disk: MemoryDisk
beforeEach(() => {
  disk = new MemoryDisk()
})

describe('a disk of plain maps', () => diskContract(() => disk))
