/** What a new operation takes from an earlier one: partners, people with their duties, teams and briefing times. Pure: no clock, database or wording. */
import { addDays, daysBetween } from '../../vocabulary/calendar/days.ts';
import { newId, type PartnerId } from '../../vocabulary/ids.ts';
import type { BriefingTime } from '../premises-restriction/briefing-time.ts';
import {
  isPrintedNameTaken,
  type Operation,
  type OperationInWeek,
  type Participant,
  type Partner,
  type Team,
  type TeamMember,
} from '../weeks/operation.ts';

/** Nothing else is ever copied: no premises, powers, decisions, results, people met or intelligence. */
export const copiedParts = ['partners', 'people and teams', 'briefing times'] as const;
export type CopiedPart = (typeof copiedParts)[number];

/** The earlier operation, as far as the member who copies it may read it. */
export type EarlierPlan = {
  readonly operation: OperationInWeek;
  readonly partners: readonly Partner[];
  readonly participants: readonly Pick<Participant, 'memberId' | 'partnerId' | 'duty' | 'name' | 'title'>[];
  readonly teams: readonly Team[];
  readonly members: readonly Pick<TeamMember, 'teamId' | 'memberId'>[];
  /** Set times only: of the operation under null, and of teams under their ids. */
  readonly times: ReadonlyMap<string | null, Pick<BriefingTime, 'day' | 'time' | 'place'>>;
};

/** Who can still take part. */
export type StillThere = { readonly agencies: ReadonlySet<string>; readonly members: ReadonlySet<string> };

type Days = { readonly startsOn: string; readonly endsOn: string };

/** The days of an earlier operation, as long after the start of the new week as they were after the start of theirs. The whole new week where they do not fit into it. */
export function moveDays(earlier: OperationInWeek, week: Days): Days {
  const startsOn = addDays(week.startsOn, daysBetween(earlier.weekStartsOn, earlier.startsOn));
  const endsOn = addDays(startsOn, daysBetween(earlier.startsOn, earlier.endsOn));
  const fits = week.startsOn <= startsOn && endsOn <= week.endsOn;
  return fits ? { startsOn, endsOn } : { startsOn: week.startsOn, endsOn: week.endsOn };
}

export type CopiedPlan = {
  /** Of the leading unit, which the new operation has already. */
  readonly leadingResources: Partner['resources'];
  readonly partners: readonly Partner[];
  readonly participants: readonly Pick<Participant, 'operationId' | 'memberId' | 'partnerId' | 'duty'>[];
  readonly teams: readonly Team[];
  readonly members: readonly Pick<TeamMember, 'teamId' | 'memberId'>[];
  readonly times: readonly {
    readonly teamId: Team['id'] | null;
    readonly day: string;
    readonly time: string;
    readonly place: string | null;
  }[];
};

export type CopyTarget = {
  readonly operation: Operation;
  readonly leading: Pick<Partner, 'id' | 'agencyId' | 'printedName'>;
};

/** The partners of the new operation, and which of them stands for each earlier one. An agency that leads another operation takes part in this one as a partner. */
function copyPartners(earlier: EarlierPlan, { operation, leading }: CopyTarget, { agencies }: StillThere) {
  const standsFor = new Map<PartnerId, PartnerId>();
  const partners: Partner[] = [];
  for (const partner of earlier.partners.filter(({ agencyId }) => agencies.has(agencyId))) {
    const ownUnit = partner.agencyId === operation.agencyId;
    const copy = { ...partner, id: newId<'partner'>(), operationId: operation.id, ownUnit, leads: false };
    const known = [leading, ...partners].find((one) => isPrintedNameTaken(copy, [one]));
    const same = ownUnit && partner.leads ? leading : known;
    standsFor.set(partner.id, same?.id ?? copy.id);
    if (!same) partners.push(copy);
  }
  return { partners, standsFor };
}

/** Teams with those of their members who take part again; their leader too. */
function copyTeams(earlier: EarlierPlan, operationId: Operation['id'], inside: ReadonlySet<string>) {
  const standsFor = new Map(earlier.teams.map(({ id }) => [id, newId<'team'>()]));
  const teams = earlier.teams.map(({ id, name, leadId }) => ({
    ...{ id: standsFor.get(id) ?? id, operationId, name },
    leadId: leadId !== null && inside.has(leadId) ? leadId : null,
  }));
  const members = earlier.members.flatMap(({ teamId, memberId }) => {
    const copy = standsFor.get(teamId);
    return copy && inside.has(memberId) ? [{ teamId: copy, memberId }] : [];
  });
  return { teams, members, standsFor };
}

/** Everything that was ticked. The planner takes part already. */
export function copyPlan(
  earlier: EarlierPlan,
  target: CopyTarget,
  parts: readonly CopiedPart[],
  still: StillThere,
): CopiedPlan {
  const { operation } = target;
  const { partners, standsFor } = copyPartners(earlier, target, still);
  const withPartners = parts.includes('partners');
  const withPeople = withPartners && parts.includes('people and teams');
  const participants = earlier.participants.flatMap(({ memberId, partnerId, duty }) => {
    const copy = standsFor.get(partnerId);
    const again = withPeople && copy && still.members.has(memberId) && memberId !== operation.plannedBy;
    return again ? [{ operationId: operation.id, memberId, partnerId: copy, duty }] : [];
  });
  const inside = new Set<string>([operation.plannedBy, ...participants.map(({ memberId }) => memberId)]);
  const copied = copyTeams(earlier, operation.id, inside);
  const leads = earlier.partners.find((partner) => partner.leads && partner.agencyId === operation.agencyId);
  return {
    leadingResources: withPartners ? (leads?.resources ?? []) : [],
    partners: withPartners ? partners : [],
    participants,
    teams: withPeople ? copied.teams : [],
    members: withPeople ? copied.members : [],
    times: parts.includes('briefing times')
      ? moveTimes(earlier, operation, withPeople ? copied.standsFor : new Map())
      : [],
  };
}

/** As many days before the first day as they were. A team that is not copied has no time of its own. */
function moveTimes(
  earlier: EarlierPlan,
  operation: Days,
  teams: ReadonlyMap<Team['id'], Team['id']>,
): CopiedPlan['times'] {
  return [...earlier.times].flatMap(([of, { day, time, place }]) => {
    const teamId = of === null ? null : teams.get(of as Team['id']);
    if (teamId === undefined) return [];
    return [{ teamId, day: addDays(operation.startsOn, daysBetween(earlier.operation.startsOn, day)), time, place }];
  });
}

/** People and agencies of the earlier operation that are not in Safelight any more. */
export function listLeftOut(
  { partners, participants }: Pick<EarlierPlan, 'partners' | 'participants'>,
  { agencies, members }: StillThere,
): { readonly agencies: readonly string[]; readonly people: readonly string[] } {
  return {
    agencies: partners.filter(({ agencyId }) => !agencies.has(agencyId)).map(({ officialName }) => officialName),
    people: participants
      .filter(({ memberId }) => !members.has(memberId))
      .map(({ title, name }) => `${title} ${name}`.trim()),
  };
}
