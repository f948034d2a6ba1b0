import { OTHER } from '@playhead/shared/model/event'
import type { StringTable } from '@playhead/shared/wire/columns'
import { Limits } from '@playhead/shared/wire/limits'

/** The name of a type or source, its number, and the last batch that says which name the number stands for. */
export interface Name {
  id: number
  text: string
  batch: number
  /** Whether a payload fits the schema that the app registered for this type. Runs the app's code. */
  fits?: (payload: unknown) => boolean
}

/** Numbers names in the order in which they come. The last number stands for all that come when there are no numbers left. */
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

/** Returns the number of a name, and adds the name to the table of the batch where that does not have it yet. */
export function use(name: Name, batch: number, table: StringTable): number {
  if (name.batch !== batch) {
    name.batch = batch
    table.push([name.id, name.text])
  }
  return name.id
}
