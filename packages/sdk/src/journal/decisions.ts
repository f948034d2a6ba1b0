import { compileGlobs } from '@playhead/shared/filter/glob'
import { Flag, KINDS, type Kind, LEVELS, type Level } from '@playhead/shared/model/event'
import { Limits } from '@playhead/shared/wire/limits'
import type { TypeInfo } from '../api/adapter'
import { warnOnce } from '../page/natives'
import { warnWrong } from '../page/wrong'
import type { Name, NameRegistry } from './name-registry'

/** What happens to the events of one type on one attachment. It is made once per type; looking it up is all that a filtered event costs. */
export interface Decision {
  recorded: boolean
  /** The globs let the type through; `recorded` also asks for the level. */
  included: boolean
  type: Name
  level: number
  kind: number
  flags: number
}

/** What all attachments of a recorder share. */
export interface Policy {
  readonly types: NameRegistry
  /** Whether the globs let a type through. */
  readonly passes: (type: string) => boolean
  /** Index into LEVELS; events of higher ones are not recorded. Whoever changes it increments `version`, and decisions are made anew. */
  level: number
  version: number
}

/** What is said of the types of one attachment. */
export interface Describe {
  inputs?: readonly string[] | undefined
  describe?: ((type: string) => TypeInfo | undefined) | undefined
  observeOnly?: boolean | undefined
}

/** Decisions are kept of so many types; further types are decided on each time. */
const CACHED = 0xffff

/** Decides on the types of one attachment, and remembers it. */
export class Decisions {
  private known = new Map<string, Decision>()
  private version: number
  private readonly isInput: (type: string) => boolean

  constructor(
    private readonly policy: Policy,
    private readonly describe: Describe,
  ) {
    this.version = policy.version
    this.isInput = compileGlobs(describe.inputs ?? [])
  }

  of(type: string): Decision {
    if (this.version !== this.policy.version) {
      this.version = this.policy.version
      this.known = new Map()
    }
    const known = this.known.get(type)
    if (known !== undefined) return known
    try {
      return this.decide(type)
    } catch (error) {
      warnOnce('an event could not be classified and is not recorded', error)
      return { recorded: false, included: false, type: this.policy.types.other, level: 0, kind: 0, flags: 0 }
    }
  }

  private decide(given: unknown): Decision {
    const { policy } = this
    const type = nameOf(given)
    const included = policy.passes(type)
    const decision: Decision = { recorded: false, included, type: policy.types.other, level: 0, kind: 0, flags: 0 }
    // The decision is in place before `describe` runs: that is the app's code and may emit an event of this type.
    if (this.known.size < CACHED) this.known.set(given as string, decision)
    const info = this.info(type)
    decision.level = levelOf(info)
    decision.kind = kindOf(info, decision.level)
    decision.recorded = included && decision.level <= policy.level
    if (info.input || this.isInput(type)) decision.flags |= Flag.input
    if (this.describe.observeOnly) decision.flags |= Flag.observedOnly
    // Types that are not recorded take no place in the table.
    if (included) {
      decision.type = policy.types.of(type)
      if (decision.type === policy.types.other) decision.flags |= Flag.overflow
    }
    return decision
  }

  private info(type: string): TypeInfo {
    try {
      return this.describe.describe?.(type) ?? {}
    } catch (error) {
      warnOnce('describe() threw; the event counts as an action', error)
      return {}
    }
  }
}

function nameOf(type: unknown): string {
  try {
    const name = typeof type === 'string' ? type : String(type)
    return name.length > Limits.name ? `${name.slice(0, Limits.name - 1)}…` : name
  } catch {
    return '(unnamed)'
  }
}

/**
 * Makes the test of a type by globs. What is excluded does not pass, even if it is included; without globs to include, everything else
 * does.
 */
export function typeFilter(include: readonly string[], exclude: readonly string[]): (type: string) => boolean {
  const excluded = compileGlobs(exclude)
  const included = compileGlobs(include)
  return type => !excluded(type) && (include.length === 0 || included(type))
}

/** Returns the level as an index into LEVELS. */
export function levelOf(info: { level?: Level | undefined; kind?: Kind | undefined }): number {
  const named = info.level ?? (info.kind === 'system' ? 'detail' : info.kind)
  const level = LEVELS.indexOf(named as Level)
  if (level >= 0) return level
  if (info.level !== undefined) warnWrong('level', info.level)
  return LEVELS.indexOf('action')
}

/** Returns the kind as an index into KINDS. That list begins with LEVELS, so that the default is the kind of the level's name. */
export function kindOf(info: { kind?: Kind | undefined }, level: number): number {
  if (info.kind === undefined) return level
  const kind = KINDS.indexOf(info.kind)
  if (kind >= 0) return kind
  warnWrong('kind', info.kind)
  return level
}
