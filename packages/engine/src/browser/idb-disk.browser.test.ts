import { afterEach, beforeEach, describe } from 'vitest'
import { diskContract } from '../testing/disk-contract'
import { deleteRaw } from '../testing/raw-database'
import { IdbDisk } from './idb-disk'

let name: string
beforeEach(() => {
  name = `disk-${Math.random()}`
})
afterEach(() => deleteRaw(name))

describe('IndexedDB', () => diskContract(() => new IdbDisk(name)))
