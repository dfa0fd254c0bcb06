/** A team's briefing: a copy of its part of the plan when the briefing was made. Pure: a later change of the plan does not change it. */

import { dayRange, longDay } from '../../vocabulary/calendar/days.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import type { Id, MemberId, OperationId, TeamId } from '../../vocabulary/ids.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { getPowerState, type Power } from '../plan/planned-power.ts';
import { canStillBegin, formatHours, type VisitInPlan } from '../plan/planned-visit.ts';
import type { VisitRecords } from '../plan/visit-outcome.ts';
import type { Advice, Plan } from '../plan-check/entry-check.ts';
import { checkPlan } from '../plan-check/plan-check.ts';
import { findCodeB, findPower, powerName } from '../powers-of-entry/load.ts';
import { listLawfulPurposes } from '../powers-of-entry/power-in-law.ts';
import type { Team } from '../weeks/operation.ts';

export type BriefingId = Id<'briefing'>;

export type BriefedPower = {
  readonly name: string;
  readonly state: string;
  readonly purposes: readonly string[];
  readonly reference: string | null;
  readonly lastDay: string | null;
  readonly company: string;
  /** Whether it admits only those whom it names. */
  readonly namesCompany: boolean;
  readonly names: readonly string[];
  readonly lasts: string;
  readonly record: readonly string[];
  readonly note: string | null;
};

export type BriefedVisit = {
  readonly reference: string;
  readonly day: string;
  readonly hours: string;
  readonly turn: number | null;
  readonly state: string;
  readonly reason: string | null;
  readonly place: string;
  readonly address: string;
  readonly town: string;
  readonly postcode: string | null;
  readonly business: string;
  /** Whether somebody lives or sleeps there; absent in briefings made before it was copied. */
  readonly dwelling?: string;
  readonly why: string;
  readonly risks: string | null;
  readonly languages: readonly string[];
  readonly interpreter: string | null;
  readonly referrer: string | null;
  readonly immigration: string | null;
  readonly power: BriefedPower | null;
  /** Other teams that are at the same place. */
  readonly others: readonly string[];
};

/** The title of an uploaded risk assessment: of a visit's place, or with null of the operation. */
export type RiskFile = { readonly reference: string | null; readonly title: string };

export type BriefingContent = {
  readonly operation: string;
  readonly unit: string;
  readonly agency: string;
  readonly dates: string;
  readonly team: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly name: string;
    readonly from: string;
    readonly duty: string;
    readonly leads: boolean;
  }[];
  readonly reception: readonly string[];
  readonly visits: readonly BriefedVisit[];
  readonly advice: readonly (Pick<Advice, 'kind' | 'what' | 'why' | 'cure'> & {
    readonly of: string;
    /** Absent while the warning is open. The reason stays in the policy log, which a team does not read. */
    readonly acknowledged?: true;
  })[];
  readonly codeB: string | null;
  /** Uploaded risk assessments. Absent in briefings made before it was copied; no part of a comparison. */
  readonly riskFiles?: readonly RiskFile[];
  /** Who commands the operation. Absent in briefings made before it was copied; no part of a comparison. */
  readonly commanders?: readonly string[];
  /** Differences from the version before; empty in the first. */
  readonly changes: readonly string[];
};

export type Briefing = {
  readonly id: BriefingId;
  readonly operationId: OperationId;
  readonly teamId: TeamId;
  readonly version: number;
  readonly content: BriefingContent;
  readonly madeBy: MemberId;
  readonly madeAt: Date;
};

export type BriefingReading = { readonly briefingId: BriefingId; readonly memberId: MemberId; readonly readAt: Date };

/** Checks that concern this team: its people, its coming visits and their places, and the operation. Leaves out notes and checks of other teams' visits. */
export function listTeamAdvice(plan: Plan, team: Team, now: Date, made: VisitRecords): Advice[] {
  const visits = plan.visits.filter(({ teamId, state }) => teamId === team.id && state === 'planned');
  const places = new Set<string>(visits.map(({ premisesId }) => premisesId));
  const own = new Set<string>(visits.map(({ id }) => id));
  return checkPlan(plan, now, made)
    .filter(({ kind, visitId }) => kind !== 'note' && (visitId === undefined || own.has(visitId)))
    .filter(({ about }) => about.of === 'operation' || about.id === team.id || places.has(about.id));
}

/** The decision to proceed is no part of a briefing: the team's visits show whether it was made. */
const listBriefedAdvice = (plan: Plan, team: Team, now: Date, made: VisitRecords): Advice[] =>
  listTeamAdvice(plan, team, now, made).filter(({ rule }) => rule !== 'no go');

/** The team's part of the plan at this moment, copied as words and values. */
export function createBriefingContent(
  plan: Plan,
  team: Team,
  now: Date,
  made: VisitRecords,
): Omit<BriefingContent, 'changes'> {
  const { operation } = plan;
  const dutyOf = new Map<string, string>(plan.participants.map(({ memberId, duty }) => [memberId, duty]));
  const visits = plan.visits.filter(({ teamId }) => teamId === team.id);
  return {
    operation: operation.codeName,
    unit: operation.unit,
    agency: operation.agencyName,
    dates: dayRange(operation.startsOn, operation.endsOn),
    team: team.name,
    members: plan.members
      .filter(({ teamId }) => teamId === team.id)
      .map(({ memberId, title, name, printedName, agencyName, leads, state }) => ({
        memberId,
        name: `${title} ${name}`.trim(),
        from: `${printedName ?? agencyName}${state === 'invited' ? ', has not accepted yet' : ''}`,
        duty: dutyOf.get(memberId) ?? 'takes part no longer',
        leads,
      })),
    reception: plan.participants
      .filter(({ duty }) => duty === 'runs reception')
      .map(({ title, name }) => `${title} ${name}`.trim()),
    visits: visits.map((visit) => toBriefedVisit(plan, visit, dayOf(now))),
    advice: listBriefedAdvice(plan, team, now, made).map(({ kind, what, why, cure, about, acknowledged }) => ({
      kind,
      of: about.name,
      what,
      why,
      cure,
      ...(acknowledged && { acknowledged: true as const }),
    })),
    codeB: findCodeB(operation.startsOn)?.name ?? null,
    commanders: plan.participants
      .filter(({ roles }) => roles.includes('commander'))
      .map(({ title, name }) => `${title} ${name}`.trim()),
  };
}

/** The uploaded risk assessments that concern this team. */
export const toRiskFiles = (
  plan: Plan,
  team: Team,
  files: readonly { readonly premisesId: string | null; readonly title: string }[],
): RiskFile[] =>
  files.flatMap(({ premisesId, title }): RiskFile[] =>
    premisesId === null
      ? [{ reference: null, title }]
      : plan.visits
          .filter((visit) => visit.teamId === team.id && visit.premisesId === premisesId)
          .map(({ id }) => ({ reference: referenceOf('visit', id), title })),
  );

const visitFieldLabels: Readonly<Partial<Record<keyof BriefedVisit, string>>> = {
  reference: 'the reference',
  state: 'planned, postponed or called off',
  reason: 'the reason for that',
  why: 'why',
  business: 'the business',
  dwelling: 'whether somebody lives or sleeps there',
  power: 'the power of entry',
  referrer: 'who can refer',
  immigration: 'immigration officers',
  others: 'other teams there',
};

const formatPlaceAndTime = ({ place, day, hours }: BriefedVisit): string => `${place}, ${longDay(day)}, ${hours}`;
/** Leaves out keys without a value. */
const withoutEmpty = (visit: BriefedVisit): object =>
  Object.fromEntries(Object.entries(visit).filter(([, value]) => value !== null && value !== undefined));

const isEqual = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** The database keeps the keys of what it stores in an order of its own. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? '';

/** What a new version would change, in words; undefined if nothing. */
export function compareBriefings(
  before: Omit<BriefingContent, 'changes'>,
  after: Omit<BriefingContent, 'changes'>,
): string[] {
  const parts: [keyof typeof after, string][] = [
    ['operation', 'the name of the operation'],
    ['unit', 'who leads it'],
    ['agency', 'which agency leads it'],
    ['dates', 'the dates'],
    ['team', 'the name of the team'],
    ['members', 'who is on the team'],
    ['reception', 'who runs reception'],
    ['codeB', 'the code for searches'],
    ['advice', 'the problems that the checks found'],
  ];
  // A briefing kept before a field was added lacks its key: absent is as good as empty.
  const told = (visits: readonly BriefedVisit[]) => new Map(visits.map((visit) => [formatPlaceAndTime(visit), visit]));
  const [was, is] = [told(before.visits), told(after.visits)];
  const changes = [
    ...parts.flatMap(([part, words]) => (isEqual(before[part], after[part]) ? [] : [words])),
    ...[...was.keys()].flatMap((visit) => (is.has(visit) ? [] : [`${visit}: no longer here`])),
    ...[...is].flatMap(([name, visit]) => {
      const old = was.get(name);
      if (!old) return [`${name}: new`];
      const keys = (Object.keys(visit) as (keyof BriefedVisit)[]).filter(
        (key) => !isEqual(old[key] ?? null, visit[key] ?? null),
      );
      return keys.length > 0 ? [`${name}: ${keys.map((key) => visitFieldLabels[key] ?? key).join(', ')}`] : [];
    }),
  ];
  return changes.length === 0 && !isEqual(before.visits.map(withoutEmpty), after.visits.map(withoutEmpty))
    ? ['the visits']
    : changes;
}

function toBriefedVisit(plan: Plan, visit: VisitInPlan, today: string): BriefedVisit {
  const premises = plan.premises.find(({ id }) => id === visit.premisesId);
  const power = plan.powers.find(({ id }) => id === visit.powerId);
  const referrer = plan.agencies.find(({ id }) => id === visit.premises.referrerId);
  const { referrerOnCall, referrerContact } = visit.premises;
  const others = plan.visits.filter(
    ({ teamId, premisesId, day, state }) =>
      teamId !== visit.teamId && premisesId === visit.premisesId && day === visit.day && state === 'planned',
  );
  return {
    reference: referenceOf('visit', visit.id),
    day: visit.day,
    hours: formatHours(visit),
    turn: visit.turn,
    state: visit.state,
    reason: visit.reason,
    place: visit.premises.name,
    address: visit.premises.address,
    town: visit.premises.town,
    postcode: visit.premises.postcode,
    business: visit.premises.business,
    dwelling: visit.premises.dwelling,
    why: premises?.reason ?? '',
    risks: visit.premises.risks,
    languages: visit.premises.languages,
    interpreter: visit.premises.interpreter,
    referrer: referrer ? [referrer.name, referrerOnCall, referrerContact].filter(Boolean).join(', ') : null,
    immigration: visit.premises.immigrationEntry,
    power: power ? toBriefedPower(plan, power, visit, today) : null,
    others: others.map(
      ({ teamName, turn, starts }) => `${teamName} at ${starts}${turn === null ? '' : `, sequence ${turn}`}`,
    ),
  };
}

function toBriefedPower(plan: Plan, power: Power, { day, premises }: VisitInPlan, today: string): BriefedPower {
  const rule = findPower(power.basis, power.decidedOn ?? day);
  const away = premises.immigrationEntry === 'not present';
  return {
    name: powerName(power.basis),
    state: getPowerState(power, today),
    purposes: rule ? listLawfulPurposes(rule, power.purposes) : power.purposes,
    reference: power.reference,
    lastDay: power.expiresOn,
    company: rule?.company ?? '',
    namesCompany: rule?.accompany === 'named on the warrant',
    names: plan.partners
      .filter(({ id, kind }) => power.accompanying.includes(id) && !(away && kind === 'immigration'))
      .map(({ printedName }) => printedName),
    lasts: rule?.lasts.says ?? '',
    record: rule?.record ?? [],
    note: power.note,
  };
}

export type TeamBriefingState = {
  readonly state: 'none' | 'current' | 'out of date';
  /** What has changed since, in words. */
  readonly changes: readonly string[];
};

/** Whether a team has a briefing, and whether it still says what the plan says. Without a visit to come nothing needs to be told any more. */
export function getBriefingStates(
  plan: Plan,
  latest: ReadonlyMap<string, BriefingContent>,
  made: VisitRecords,
  now: Date,
): ReadonlyMap<string, TeamBriefingState> {
  return new Map(
    plan.teams.map((team): [string, TeamBriefingState] => {
      const told = latest.get(team.id);
      const goes = plan.visits.some(
        (visit) =>
          visit.teamId === team.id && visit.state === 'planned' && canStillBegin(visit, now) && !made.has(visit.id),
      );
      if (!told) return [team.id, { state: 'none', changes: [] }];
      const changes = goes ? compareBriefings(told, createBriefingContent(plan, team, now, made)) : [];
      return [team.id, { state: changes.length > 0 ? 'out of date' : 'current', changes }];
    }),
  );
}
