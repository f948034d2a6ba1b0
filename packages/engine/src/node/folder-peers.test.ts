import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Peers } from '../sessions/peers'
import { folderPeers } from './folder-peers'

let folder: string
const joined: Peers[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-peers-'))
})
afterEach(async () => {
  for (const peers of joined.splice(0)) peers.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
})

const joinThem = () => {
  const heard: string[] = []
  const peers = folderPeers(folder, message => heard.push(message))
  joined.push(peers)
  return { peers, heard }
}

it('hear what one tells, once, and not what they tell themselves', async () => {
  const [one, two, three] = [joinThem(), joinThem(), joinThem()]
  one.peers.tell('sessions')
  one.peers.tell('wiped')
  two.peers.tell('sessions')
  await expect.poll(() => three.heard.toSorted()).toEqual(['sessions', 'sessions', 'wiped'])
  // Until the messages are gone.
  await expect.poll(() => readdir(folder), { timeout: 10_000 }).toEqual([])
  expect(one.heard).toEqual(['sessions'])
  expect(two.heard.toSorted()).toEqual(['sessions', 'wiped'])
  expect(three.heard).toHaveLength(3)
})

it('do not take the end of an old message for a new one', async () => {
  await writeFile(join(folder, 'wiped.other.0'), '')
  const late = joinThem()
  await rm(join(folder, 'wiped.other.0'))
  await writeFile(join(folder, 'sessions.other.1'), '')
  await expect.poll(() => late.heard).toEqual(['sessions'])
})

it('remove what a process left that ended too early', async () => {
  const before = new Date(Date.now() - 120_000)
  await writeFile(join(folder, 'wiped.other.0'), '')
  await utimes(join(folder, 'wiped.other.0'), before, before)
  const { heard } = joinThem()
  await expect.poll(() => readdir(folder)).toEqual([])
  expect(heard).toEqual([])
})

it('can be joined where the folder cannot be made: nothing is heard then', async () => {
  await writeFile(join(folder, 'file'), '')
  const peers = folderPeers(join(folder, 'file', 'peers'), () => {})
  peers.tell('sessions')
  peers.close()
})
