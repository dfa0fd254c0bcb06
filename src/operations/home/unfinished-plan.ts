/** What a plan still lacks before its first visit, and when that is. Pure: no clock, no database, no wording. */
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import type { VisitInPlan } from '../plan/planned-visit.ts';
import type { VisitRecords } from '../plan/visit-outcome.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import { findGoDecision, listVisitsAfterGo } from '../policy-log/decision.ts';

export const planParts = ['partners', 'people', 'premises', 'teams', 'visits', 'briefing', 'decision'] as const;
export type PlanPart = (typeof planParts)[number];

type Planned = Pick<Plan, 'operation' | 'partners' | 'participants' | 'teams' | 'premises' | 'visits' | 'decisions'>;

const isComing = ({ state, day }: VisitInPlan, today: string): boolean => state === 'planned' && day >= today;

/** Visits of today and later that no team has begun. */
const listComing = ({ visits }: Pick<Plan, 'visits'>, today: string, made: VisitRecords): readonly VisitInPlan[] =>
  visits.filter((visit) => isComing(visit, today) && !made.has(visit.id));

/** The moment of the first of these visits. */
export const findStart = (visits: readonly VisitInPlan[]): Date | undefined =>
  visits.map(({ day, starts }) => instantAt(day, starts)).toSorted((one, other) => one.getTime() - other.getTime())[0];

/** The moment of the first visit of today and later that no team has begun. */
export const findFirstVisit = (plan: Pick<Plan, 'visits'>, today: string, made: VisitRecords): Date | undefined =>
  findStart(listComing(plan, today, made));

/** Visits to come that were planned after a go: a commander must decide again. */
export const listVisitsToDecide = (
  plan: Pick<Plan, 'visits' | 'decisions'>,
  today: string,
  made: VisitRecords,
): readonly VisitInPlan[] => {
  const added = listVisitsAfterGo(plan.decisions);
  return listComing(plan, today, made).filter(({ id }) => added.has(id));
};

/** Neither go nor no-go. */
export const lacksDecision = ({ decisions }: Pick<Plan, 'decisions'>): boolean => !findGoDecision(decisions);

/** The parts that are missing, in the order of the work. Partners and people: nobody but who planned it. A briefing: of each team with a visit to come. */
export function listMissingParts(plan: Planned, briefedTeams: ReadonlySet<string>, today: string): PlanPart[] {
  const coming = plan.visits.filter((visit) => isComing(visit, today));
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

/** Warnings to put right or to acknowledge. A missing decision is a task of its own. */
export const listOpenWarnings = (advice: readonly Advice[]): Advice[] =>
  advice.filter(
    ({ kind, rule, acknowledged }) => kind === 'unwise' && rule !== 'no go' && rule !== 'visit added' && !acknowledged,
  );
