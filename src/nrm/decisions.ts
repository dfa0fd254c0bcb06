/** Decisions of the NRM and their clocks: each keeps the test that was in force on its day. Pure. */

import type { AgeTreatment } from '../vocabulary/age.ts';
import { addDays } from '../vocabulary/calendar/days.ts';
import { accept, type Result, refuse } from '../vocabulary/result.ts';
import { type Dated, inForce } from './dated-rules.ts';

export const decisionKinds = ['reasonable grounds', 'conclusive grounds', 'reconsideration'] as const;
export type DecisionKind = (typeof decisionKinds)[number];
export type DecisionTest = Dated & {
  readonly id: string;
  readonly decision: DecisionKind /** Null where it was not read. */;
  readonly test: string | null;
};

export const periodKinds = ['reasonable grounds due', 'recovery period', 'conclusive grounds due'] as const;
export type PeriodKind = (typeof periodKinds)[number];
export type Period = Dated & {
  readonly id: string;
  readonly what: PeriodKind;
  readonly workingDays: number | null;
  readonly days: number | null;
  /** Missing an aim is not the person’s fault. */
  readonly firm: boolean;
  readonly says: string;
};

export const testOn = (tests: readonly DecisionTest[], decision: DecisionKind, day: string): DecisionTest | undefined =>
  inForce(tests, day).find((one) => one.decision === decision);
export const periodOn = (periods: readonly Period[], what: PeriodKind, day: string): Period | undefined =>
  inForce(periods, day).find((one) => one.what === what);

/** The working day that is `count` working days after a day; the day itself does not count. */
export function addWorkingDays(day: string, count: number, isWorkingDay: (day: string) => boolean): string {
  let [reached, left] = [day, count];
  for (let tried = 0; left > 0; tried += 1) {
    if (tried > count * 10 + 60) throw new Error('no working day was found');
    reached = addDays(reached, 1);
    if (isWorkingDay(reached)) left -= 1;
  }
  return reached;
}

/** The target date for a reasonable grounds decision under the rule of the referral day; null where no rule is known. */
export function reasonableGroundsAim(
  periods: readonly Period[],
  referredOn: string,
  isWorkingDay: (day: string) => boolean,
): string | null {
  const rule = periodOn(periods, 'reasonable grounds due', referredOn);
  return rule?.workingDays ? addWorkingDays(referredOn, rule.workingDays, isWorkingDay) : null;
}

/** The first day after the minimum recovery period, by the rule of the day of the decision. No decision is due on it. */
export function recoveryAtLeastUntil(
  periods: readonly Period[],
  decidedOn: string,
): { readonly until: string; readonly rule: string } | null {
  const rule = periodOn(periods, 'recovery period', decidedOn);
  return rule?.days ? { until: addDays(decidedOn, rule.days), rule: rule.id } : null;
}

export const outcomes = ['positive', 'negative'] as const;
export type Decision = {
  readonly kind: DecisionKind;
  readonly outcome: (typeof outcomes)[number];
  readonly day: string;
  /** The test in force on that day, kept with it. */
  readonly testId: string;
};

export const states = [
  'submitted',
  'in recovery',
  'conclusive positive',
  'negative',
  'suspended',
  'withdrawn',
] as const;
export type State = (typeof states)[number];

export type NrmCase = {
  readonly referredOn: string;
  readonly referredAs: AgeTreatment;
  readonly decisions: readonly Decision[];
  readonly suspendedOn: string | null;
  readonly withdrawnOn: string | null;
};

/** The state that results from the decisions. The last one counts; a reconsideration replaces the decision before it. */
export function stateOf({ decisions, suspendedOn, withdrawnOn }: NrmCase): State {
  if (withdrawnOn) return 'withdrawn';
  const last = decisions.at(-1);
  if (suspendedOn && last?.outcome !== 'negative' && !isConclusive(decisions)) return 'suspended';
  if (!last) return 'submitted';
  if (last.outcome === 'negative') return 'negative';
  return isConclusive(decisions) ? 'conclusive positive' : 'in recovery';
}

const stageOf = (decisions: readonly Decision[]): 'reasonable grounds' | 'conclusive grounds' | null => {
  const stages = decisions.flatMap(({ kind }) => (kind === 'reconsideration' ? [] : [kind]));
  return stages.at(-1) ?? null;
};
const isConclusive = (decisions: readonly Decision[]): boolean => stageOf(decisions) === 'conclusive grounds';

export type DecisionRefusal =
  | 'before the referral'
  | 'before the last decision'
  | 'withdrawn'
  | 'already decided'
  | 'reasonable grounds first'
  | 'nothing to reconsider'
  | 'no rule for that day';

/** Records a decision. Refuses an impossible order or date, never an outcome. */
export function recordDecision(
  held: NrmCase,
  kind: DecisionKind,
  outcome: Decision['outcome'],
  day: string,
  rules: { readonly tests: readonly DecisionTest[]; readonly periods: readonly Period[] },
): Result<NrmCase, DecisionRefusal> {
  const refusal = checkDecision(held, kind, day);
  if (refusal) return refuse(refusal);
  const test = testOn(rules.tests, kind, day);
  if (!test) return refuse('no rule for that day');
  return accept({ ...held, decisions: [...held.decisions, { kind, outcome, day, testId: test.id }] });
}

function checkDecision(held: NrmCase, kind: DecisionKind, day: string): DecisionRefusal | null {
  const last = held.decisions.at(-1);
  if (day < held.referredOn) return 'before the referral';
  if (last && day < last.day) return 'before the last decision';
  if (held.withdrawnOn) return 'withdrawn';
  if (kind === 'reconsideration') return last?.outcome === 'negative' ? null : 'nothing to reconsider';
  if (kind === 'reasonable grounds') return last ? 'already decided' : null;
  if (!last) return 'reasonable grounds first';
  if (isConclusive(held.decisions)) return 'already decided';
  return last.outcome === 'negative' ? 'reasonable grounds first' : null;
}

/** Whether a conclusive decision falls within an adult's recovery period. Pages report this but accept it, since the decision may have been made. */
export function withinRecovery({ decisions, referredAs }: NrmCase, day: string, periods: readonly Period[]): boolean {
  const last = decisions.at(-1);
  if (last?.outcome !== 'positive' || isConclusive(decisions) || referredAs !== 'adult') return false;
  const recovery = recoveryAtLeastUntil(periods, last.day);
  return recovery !== null && day < recovery.until;
}
