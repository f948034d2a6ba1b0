import { tagged } from '../encoder/exotic'
import type { Writer } from '../encoder/more'
import { meetHost } from '../encoder/passes'
import { inherited, textOf } from '../encoder/safe-read'
import { callOf } from './brand'

/** Writes a node of the document as `div#id.class`. An instance of the app's that holds one is a host. */
export const writeNode: Writer = (to, node: object) => {
  let name = textOf(inherited(node, 'nodeName')?.get?.call(node)).toLowerCase()
  if (name === '') throw new TypeError('no node')
  const add = (sign: string, attribute: string) => {
    try {
      const found = textOf(callOf(node, 'getAttribute', attribute))
      if (found !== '') name += sign + found.trim().replace(/\s+/g, '.')
    } catch {
      // Text nodes and documents have no attributes.
    }
  }
  add('#', 'id')
  add('.', 'class')
  if (to.inside > 0) meetHost(to, to.holder(to.inside))
  tagged(to, 'node', name)
}
