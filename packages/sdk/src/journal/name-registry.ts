import { OTHER } from '@playhead/shared/model/event'
import type { StringTable } from '@playhead/shared/wire/columns'
import { Limits } from '@playhead/shared/wire/limits'

/** A type or source: its number, and the last batch that named it. */
export interface Name {
  id: number
  text: string
  batch: number
  /** Of a type with a registered schema: whether a payload fits it. Runs the app's code. */
  fits?: (payload: unknown) => boolean
}

/** Numbers strings in the order they come. The last number stands for all that come after the table is full. */
export class NameRegistry {
  readonly other: Name = { id: Limits.strings - 1, text: OTHER, batch: 0 }
  private readonly known = new Map<string, Name>()

  of(text: string): Name {
    const known = this.known.get(text)
    if (known !== undefined) return known
    if (this.known.size >= this.other.id) return this.other
    const name = { id: this.known.size, text, batch: 0 }
    this.known.set(text, name)
    return name
  }
}

/** The names one batch uses. */
export function use(name: Name, batch: number, table: StringTable): number {
  if (name.batch !== batch) {
    name.batch = batch
    table.push([name.id, name.text])
  }
  return name.id
}
