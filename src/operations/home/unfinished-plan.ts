/** What a plan still lacks before its first visit, and when that is. Pure: no clock, no database, no wording. */
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import type { VisitInPlan } from '../plan/planned-visit.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import { findGoDecision } from '../policy-log/decision.ts';

export const planParts = ['partners', 'people', 'premises', 'teams', 'visits', 'briefing', 'decision'] as const;
export type PlanPart = (typeof planParts)[number];

type Planned = Pick<Plan, 'operation' | 'partners' | 'participants' | 'teams' | 'premises' | 'visits' | 'decisions'>;

/** Visits of today and later that are to take place. */
const listComing = ({ visits }: Pick<Plan, 'visits'>, today: string): readonly VisitInPlan[] =>
  visits.filter(({ state, day }) => state === 'planned' && day >= today);

/** The moment of the first visit of today and later. */
export const findFirstVisit = (plan: Pick<Plan, 'visits'>, today: string): Date | undefined =>
  listComing(plan, today)
    .map(({ day, starts }) => instantAt(day, starts))
    .toSorted((one, other) => one.getTime() - other.getTime())[0];

/** Neither go nor no-go. */
export const lacksDecision = ({ decisions }: Pick<Plan, 'decisions'>): boolean => !findGoDecision(decisions);

/** The parts that are missing, in the order of the work. Partners and people: nobody but who planned it. A briefing: of each team with a visit to come. */
export function listMissingParts(plan: Planned, briefedTeams: ReadonlySet<string>, today: string): PlanPart[] {
  const coming = listComing(plan, today);
  const missing: Record<PlanPart, boolean> = {
    partners: !plan.partners.some(({ leads }) => !leads),
    people: !plan.participants.some(({ memberId }) => memberId !== plan.operation.plannedBy),
    premises: plan.premises.length === 0,
    teams: plan.teams.length === 0,
    visits: plan.visits.length === 0,
    briefing: plan.visits.length === 0 || coming.some(({ teamId }) => !briefedTeams.has(teamId)),
    decision: lacksDecision(plan),
  };
  return planParts.filter((part) => missing[part]);
}

/** Warnings to put right or to acknowledge; the missing decision is told apart from them. */
export const listOpenWarnings = (advice: readonly Advice[]): Advice[] =>
  advice.filter(({ kind, rule, acknowledged }) => kind === 'unwise' && rule !== 'no go' && !acknowledged);
