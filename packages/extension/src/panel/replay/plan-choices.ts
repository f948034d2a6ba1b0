import type { ReplayPlan, ReplayRequest } from '@playhead/engine/contract/replay'

/** What the user has chosen of a replay so far. */
export interface PlanChoices {
  /** It begins at the selected event, not at the start. */
  fromSelected: boolean
  mode: ReplayRequest['mode']
  /** Types whose cause is unknown, and which are said to be consequences, not roots. */
  consequences: readonly string[]
}

export const FIRST_CHOICES: PlanChoices = { fromSelected: false, mode: 'roots', consequences: [] }

/** The plan to ask for. `selected` is −1 where no event is. */
export function requestOf(session: string, selected: number, choices: PlanChoices): ReplayRequest {
  const { fromSelected, mode, consequences } = choices
  const fromSeq = fromSelected && selected >= 0 ? selected : null
  return { session, fromSeq, toSeq: null, mode, edits: [], consequences: [...consequences] }
}

/** Says of a type that it is a consequence, or no longer. */
export function withConsequence(choices: PlanChoices, type: string): PlanChoices {
  const { consequences } = choices
  const without = consequences.filter(other => other !== type)
  return { ...choices, consequences: without.length < consequences.length ? without : [...consequences, type] }
}

/** A plan without a step has nothing to start. */
export function canStart(plan: Pick<ReplayPlan, 'steps'> | null): plan is ReplayPlan {
  return plan !== null && plan.steps > 0
}

const REASONS: Readonly<Record<ReplayPlan['cannot'][number]['reason'], string>> = {
  'observe-only': 'are only listened to: their attachment cannot emit them',
  'not whole': 'have a payload that is not whole (cut, redacted, a function)',
  'no attachment': 'were recorded without an attachment that could emit them',
}
const NAMED = 8

/** Says why some events cannot be emitted: `are only listened to: …: a, b, …`. */
export function cannotText({ reason, types }: ReplayPlan['cannot'][number], show: (type: string) => string): string {
  return `${REASONS[reason]}: ${types.slice(0, NAMED).map(show).join(', ')}${types.length > NAMED ? ', …' : ''}`
}
