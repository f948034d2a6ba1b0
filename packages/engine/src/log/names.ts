import type { Batch, StringTable as WireTable } from '@playhead/shared/wire/columns'
import type { Translation } from './append-rows'
import type { ProducerLog } from './producer-log'
import { StringTable } from './string-table'

/** The types and sources of a session by id, and the translation of a batch's ids into these. */
export class Names {
  readonly types = new StringTable()
  readonly sources = new StringTable()
  private readonly typeIds = new Uint16Array(0x10000)
  private readonly sourceIds = new Uint16Array(0x10000)

  /** Takes over the names that a stored chunk uses. */
  restore(types: WireTable, sources: WireTable): void {
    this.types.restore(types)
    this.sources.restore(sources)
  }

  /** Returns what a batch of a producer has to be translated by. It is valid until the next call. */
  translation({ meta }: Batch, { code, info }: ProducerLog): Translation {
    const { types, sources, typeIds, sourceIds } = this
    for (const [id, name] of meta.types) typeIds[id] = types.id(name)
    for (const [id, name] of meta.sources) sourceIds[id] = sources.id(name)
    return {
      ...{ producer: code, offset: info.offset },
      ...{ types: typeIds, sources: sourceIds, otherType: types.other, otherSource: sources.other },
    }
  }
}
