import { compileGlob } from '@playhead/shared/filter/glob'
import type { DescriptionInfo } from '@playhead/shared/model/session'
import { ICONS, type IconName } from '../widgets/icons'

/** How many colours the palette has. */
export const COLOURS = 8
const ICON_NAMES = Object.keys(ICONS) as IconName[]

/** Types that belong together: one icon, one colour, one entry of the legend. */
export interface Category {
  name: string
  /** Place in the palette: below COLOURS; the CSS variable `--category-<colour>`. */
  colour: number
  icon: IconName
  /** What the app says of the category's types. */
  description: string
  /** The types that the app registered for it; they may be globs. */
  given: readonly string[]
}

/** What a type's name begins with: all before the first `:`, `/`, `.`, or the head of CamelCase and of words with `_` or `-`. */
export function prefixOf(type: string): string {
  const cut = type.search(/[:/.]/)
  if (cut > 0) return type.slice(0, cut)
  const head = /^(?:\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}+(?![\p{Ll}\p{N}])|\p{L}[\p{Ll}\p{N}]*)/u.exec(type)?.[0]
  return head ?? type
}

/**
 * The categories of a session. Types come in the order in which they first appeared, and a category keeps its colour once it has one:
 * the place its name hashes to, or the next free one; with all eight taken, the one its name hashes to.
 */
export class Categories {
  readonly list: Category[] = []
  /** Index of the category of each type, by type id. */
  readonly byType: number[] = []
  private readonly byName = new Map<string, number>()
  private readonly ids = new Map<string, number>()
  private readonly rules: { matches: (type: string) => boolean; category: string }[]
  private readonly said: { matches: (type: string) => boolean; description: string }[]
  private readonly texts = new Map<string, string>()
  private readonly taken = new Set<number>()

  constructor(private readonly descriptions: readonly DescriptionInfo[] = []) {
    // A rule for an exact name goes before one with a glob.
    const rules = descriptions
      .map(said => ({ ...said, matches: compileGlob(said.type), isGlob: said.type.includes('*') }))
      .sort((a, b) => Number(a.isGlob) - Number(b.isGlob))
    this.rules = rules.filter(({ category }) => category !== '')
    this.said = rules.filter(({ description }) => description !== '')
  }

  get types(): readonly string[] {
    return [...this.ids.keys()]
  }

  /** Adds types, which take the ids that follow. */
  add(types: readonly string[]): void {
    for (const type of types) {
      const category = this.rules.find(({ matches }) => matches(type))?.category ?? prefixOf(type)
      this.ids.set(type, this.byType.length)
      this.byType.push(this.indexOf(category))
    }
  }

  /** The category of a type, also of one that was not added. */
  of(type: string): Category {
    const id = this.ids.get(type)
    const known = id === undefined ? undefined : this.list[this.byType[id] as number]
    if (known) return known
    const name = this.rules.find(({ matches }) => matches(type))?.category ?? prefixOf(type)
    const index = this.byName.get(name)
    return index === undefined ? this.made(name, hash(name) % COLOURS) : (this.list[index] as Category)
  }

  /** What the app says of the type itself; empty where it says nothing. */
  descriptionOf(type: string): string {
    if (this.said.length === 0) return ''
    let text = this.texts.get(type)
    if (text === undefined) {
      text = this.said.find(({ matches }) => matches(type))?.description ?? ''
      if (this.texts.size < 10_000) this.texts.set(type, text)
    }
    return text
  }

  /** Lists the types of the category that were seen. */
  typesOf(index: number): string[] {
    return [...this.ids].flatMap(([type, id]) => (this.byType[id] === index ? [type] : []))
  }

  private indexOf(name: string): number {
    const before = this.byName.get(name)
    if (before !== undefined) return before
    let colour = hash(name) % COLOURS
    if (this.taken.size < COLOURS) while (this.taken.has(colour)) colour = (colour + 1) % COLOURS
    this.taken.add(colour)
    this.byName.set(name, this.list.length)
    return this.list.push(this.made(name, colour)) - 1
  }

  private made(name: string, colour: number): Category {
    const said = this.descriptions.filter(({ category }) => category === name)
    const first = this.list.length < COLOURS
    const icon = ICON_NAMES[first ? colour : (hash(name) >>> 5) % ICON_NAMES.length] as IconName
    const texts = said.flatMap(({ type, description }) => (description ? [`${type}: ${description}`] : []))
    return { name, colour, icon, description: texts.slice(0, 12).join('\n'), given: said.map(({ type }) => type) }
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return (value ^ (value >>> 15)) >>> 0
}
