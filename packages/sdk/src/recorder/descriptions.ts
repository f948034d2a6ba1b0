import { Limits } from '@playhead/shared/wire/limits'
import type { TypeDescription } from '../api/recorder'

/** What the app said of its types, by key. link/infos makes what a panel is told of it. */
export class Descriptions {
  readonly known = new Map<string, { category: unknown; description: unknown }>()

  /** Adds descriptions. Those for which there is no room are left out. */
  add(types: Readonly<Record<string, TypeDescription>>): void {
    for (const key of Object.keys(types)) {
      const type = key.slice(0, Limits.name)
      if (this.known.size >= Limits.descriptions && !this.known.has(type)) continue
      const { category, description } = types[key] as TypeDescription
      this.known.set(type, { category, description })
    }
  }
}
