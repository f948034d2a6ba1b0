import { posix } from 'node:path'
import { ALIASES, ZONES, type Zone } from './import-law.ts'
import { type Reference, referencesOf } from './references.ts'

/** One import against the law. */
export interface Violation {
  file: string
  line: number
  message: string
}

/** An import from one room of a zone into another. */
export interface Arrow {
  zone: string
  from: string
  to: string
}

/** The law does not hold for tests and for what only they use: they may join any two modules. */
const EXEMPT = /\.test\.tsx?$|\/testing\//

/** Returns the imports of a file that are against the law. `file` is a path from the root with forward slashes. */
export function violationsOf(file: string, source: string, zones = ZONES): Violation[] {
  const zone = zoneOf(file, zones)
  if (!zone || EXEMPT.test(file)) return []
  return referencesOf(file, source).flatMap(reference => {
    const message = complaint(zone, file, reference)
    return message ? [{ file, line: source.slice(0, reference.start).split('\n').length, message }] : []
  })
}

/** Returns the imports of a file that lead into another room of its zone. */
export function arrowsOf(file: string, source: string, zones = ZONES): Arrow[] {
  const zone = zoneOf(file, zones)
  if (!zone?.rooms || EXEMPT.test(file)) return []
  return referencesOf(file, source).flatMap(({ to }) => {
    const path = pathOf(file, to)
    if (!path?.startsWith(`${zone.folder}/`)) return []
    const [from, target] = [roomOf(zone, file), roomOf(zone, path)]
    return from === target ? [] : [{ zone: zone.folder, from, to: target }]
  })
}

/** Returns what is wrong with the law itself: rooms that reach themselves, arrows that no import uses, debts that no file has any more. */
export function lawProblems(drawn: readonly Arrow[], zones = ZONES): string[] {
  return zones.flatMap(({ folder, rooms = {}, debts = [] }) => {
    const has = (from: string, to: string) =>
      drawn.some(arrow => arrow.zone === folder && arrow.from === from && arrow.to === to)
    const unused = Object.entries(rooms).flatMap(([from, allowed]) =>
      allowed.filter(to => !has(from, to)).map(to => `${folder}: the arrow ${from} → ${to} is not used`),
    )
    const circles = Object.keys(rooms)
      .filter(room => reachable(rooms, room).has(room))
      .map(room => `${folder}: ${room} reaches itself`)
    const paid = debts
      .filter(({ file, to }) => !has(roomOf({ folder, rooms }, file), to))
      .map(({ file, to }) => `${folder}: the debt ${file} → ${to} is paid: take it out`)
    return [...circles, ...unused, ...paid]
  })
}

function reachable(rooms: Record<string, string[]>, room: string): Set<string> {
  const seen = new Set<string>()
  const visit = (name: string) => {
    for (const next of rooms[name] ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      visit(next)
    }
  }
  visit(room)
  return seen
}

function zoneOf(file: string, zones: readonly Zone[]): Zone | undefined {
  return zones.find(({ folder }) => file.startsWith(`${folder}/`))
}

/** Returns the deepest room that a file lies in; its first folder where no room holds it; '.' for a file of the zone itself. */
function roomOf({ folder, rooms = {} }: Pick<Zone, 'folder' | 'rooms'>, file: string): string {
  const path = file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file
  const [deepest] = Object.keys(rooms)
    .filter(room => path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)
  return deepest ?? (path.includes('/') ? path.slice(0, path.indexOf('/')) : '.')
}

/** Returns what is wrong with one import; undefined where nothing is. */
function complaint(zone: Zone, file: string, { to, how }: Reference): string | undefined {
  const path = pathOf(file, to)
  if (path === undefined) return packageComplaint(zone, file, packageOf(to))
  if (path.startsWith(`${zone.folder}/`)) return roomComplaint(zone, file, path)
  if (how === 'url') return zone.urls?.includes(path) ? undefined : `${zone.folder} may not name the file ${path}`
  if (zone.from.some(folder => path.startsWith(`${folder}/`))) return undefined
  if (zone.typesFrom?.some(folder => path.startsWith(`${folder}/`)))
    return how === 'type' ? undefined : `${zone.folder} may import only types from ${path}`
  return `${zone.folder} may not import ${path}`
}

function packageComplaint({ folder, packages = [], packagesOf = {} }: Zone, file: string, name: string) {
  const inside = file.slice(folder.length + 1)
  const own = Object.entries(packagesOf).flatMap(([room, names]) =>
    inside === room || inside.startsWith(`${room}/`) ? names : [],
  )
  const mayImport = [...packages, ...own].some(
    allowed => allowed === name || (allowed === 'node:' && name.startsWith(allowed)),
  )
  return mayImport ? undefined : `${folder} may not import the package ${name} in ${inside}`
}

function roomComplaint(zone: Zone, file: string, path: string): string | undefined {
  const { rooms, folder, debts = [] } = zone
  if (!rooms) return undefined
  const [from, to] = [roomOf(zone, file), roomOf(zone, path)]
  if (from === to || rooms[from]?.includes(to)) return undefined
  if (debts.some(debt => `${folder}/${debt.file}` === file && debt.to === to)) return undefined
  return rooms[from] ? `in ${folder}, ${from} may not import ${to}` : `in ${folder}, the folder ${from} has no rule`
}

/** Returns the path from the root that an import names, without extension where it has none; undefined for a package. */
function pathOf(file: string, to: string): string | undefined {
  const bare = to.replace(/\?.*$/, '')
  if (bare.startsWith('.')) return posix.join(posix.dirname(file), bare)
  if (bare === '@playhead/sdk') return 'packages/sdk/src/index'
  const alias = ALIASES.find(([prefix]) => bare.startsWith(prefix))
  return alias && alias[1] + bare.slice(alias[0].length)
}

const packageOf = (to: string) =>
  to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')
