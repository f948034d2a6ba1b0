import type { DescriptionInfo } from '@playhead/shared/model/session'
import { Limits } from '@playhead/shared/wire/limits'
import type { TypeDescription } from './types'

/** What the app said of its types. */
export class Descriptions {
  private readonly known = new Map<string, DescriptionInfo>()

  list(): DescriptionInfo[] {
    return [...this.known.values()]
  }

  /** What finds no room is left out. */
  add(types: Readonly<Record<string, TypeDescription>>): void {
    for (const key of Object.keys(types)) {
      const type = key.slice(0, Limits.name)
      if (this.known.size >= Limits.descriptions && !this.known.has(type)) continue
      const { category, description } = types[key] as TypeDescription
      this.known.set(type, {
        type,
        category: cut(category, Limits.name),
        description: cut(description, Limits.description),
      })
    }
  }
}

function cut(text: unknown, most: number): string {
  return typeof text === 'string' ? text.slice(0, most) : ''
}
