import type { ValuesExtension } from '../api/extensions'
import { type Breadth, more } from '../encoder/more'
import { asExtension } from '../recorder/extensions'
import { behind, functionWriter } from '../values/behind'
import { wideArray, wideProperties } from '../values/breadth'
import { classify } from '../values/classify'
import { condemn, isHost, writeHost } from '../values/hosts'
import { replace } from '../values/replace'
import { writeSparse } from '../values/sparse'
import { noteStrain } from '../values/strain'

const breadth: Breadth = {
  properties: wideProperties,
  array: wideArray,
  isHost,
  condemn,
  writeHost,
  sparse: writeSparse,
}

/**
 * Lets the lean recorder read the platform's values and those of libraries: `createRecorder({ extensions: [values()] })`. Without it they
 * are written with their class and their own fields, and what does not fit is cut where the budget ends.
 */
export function values(): ValuesExtension {
  Object.assign(more, { classify, functionWriter, behind, breadth, replace, strain: noteStrain })
  return asExtension({ kind: 'values' })
}
