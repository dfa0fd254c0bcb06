/** A plan of which nothing is to be said, and its parts: tests change one thing and hear what is told of it. */

import type { Agency } from '../../../../src/identity/agencies/index.ts';
import type { Plan } from '../../../../src/operations/plan/entry-check.ts';
import type { VisitInPlan } from '../../../../src/operations/plan/planned-visit.ts';
import type { Power } from '../../../../src/operations/plan/power-of-entry.ts';
import type { Premises } from '../../../../src/operations/plan/premises.ts';
import type { Decision } from '../../../../src/operations/policy-log/index.ts';
import type { BriefingTime } from '../../../../src/operations/premises-restriction/index.ts';
import type { Partner, Team, TeamMember } from '../../../../src/operations/weeks/index.ts';
import { instantAt } from '../../../../src/platform/clock.ts';
import { newId } from '../../../../src/vocabulary/ids.ts';
import { type AgencyKind, type Role, sideOf } from '../../../../src/vocabulary/people.ts';

export const today = '2026-09-10';
const agencyOf = (kind: AgencyKind, more: Partial<Agency> = {}): Agency => ({
  id: newId(),
  name: `Some ${kind}`,
  officialName: kind,
  kind,
  side: sideOf[kind],
  firstResponder: false,
  ...more,
});
export const [force, council, charity, nurses, border] = [
  agencyOf('police force'),
  agencyOf('council'),
  agencyOf('voluntary', { firstResponder: true }),
  agencyOf('health'),
  agencyOf('immigration'),
];
const operationId = newId<'operation'>();
const partnerOf = (agency: Agency): Partner => ({
  id: newId(),
  operationId,
  agencyId: agency.id,
  kind: agency.kind,
  ownUnit: agency === force,
  leads: agency === force,
  printedName: agency.name,
  officialName: agency.name,
  brings: [],
});
export const [lead, health, immigration] = [partnerOf(force), partnerOf(nurses), partnerOf(border)];
export const [one, two]: readonly [Team, Team] = [
  { id: newId(), operationId, name: 'Team 1', leadId: newId() },
  { id: newId(), operationId, name: 'Team 2', leadId: newId() },
];
export const briefedAt = (day: string, time: string): BriefingTime => ({
  day,
  time,
  place: null,
  opensAt: instantAt(day, time),
  from: 'the team',
});
export const memberOf = (
  team: Team,
  partner: Partner | null,
  name: string,
  roles: readonly Role[] = ['field'],
): TeamMember => ({
  teamId: team.id,
  memberId: newId(),
  name,
  title: 'PC',
  roles,
  agencyId: partner?.agencyId ?? force.id,
  agencyName: 'Agency',
  partnerId: partner?.id ?? null,
  printedName: partner?.printedName ?? null,
  kind: partner?.kind ?? null,
  leads: false,
});

export const premises: Premises = {
  id: newId(),
  operationId,
  business: 'nail bar',
  name: 'Blue Door',
  address: '14 Mill Lane',
  town: 'Watford',
  postcode: null,
  dwelling: 'no',
  reason: 'Two reports',
  priority: 'high',
  risks: null,
  languages: ['English'],
  interpreter: null,
  referrerId: council.id,
  referrerOnCall: 'Sam Reed',
  referrerContact: '01632 960001',
  immigrationEntry: 'not present',
};
export const power: Power = {
  id: newId(),
  operationId,
  premisesId: premises.id,
  basis: 'pace-s8',
  state: 'granted',
  purposes: ['search for evidence'],
  holderId: lead.id,
  heldBy: 'DC Vale',
  reference: null,
  appliedOn: '2026-09-01',
  decidedOn: '2026-09-02',
  expiresOn: '2026-12-02',
  executedAt: null,
  returnedOn: null,
  accompanying: [],
  note: null,
};
export const visitOf = (team: Team, more: Partial<VisitInPlan> = {}, at: Premises = premises): VisitInPlan => ({
  id: newId(),
  operationId,
  premisesId: at.id,
  teamId: team.id,
  powerId: power.id,
  day: '2026-09-16',
  starts: '10:00',
  minutes: 90,
  turn: null,
  state: 'planned',
  reason: null,
  teamName: team.name,
  basis: 'pace-s8',
  powerState: 'granted',
  powerExpiresOn: null,
  premises: at,
  ...more,
});
export const decided = (
  kind: Decision['kind'],
  about: string | null,
  recordedAt = '2026-09-05T09:00:00Z',
): Decision => ({
  id: newId(),
  operationId,
  about,
  kind,
  words: 'So it is',
  reason: 'Because so.',
  alternative: null,
  decidedBy: 'Supt Marlow',
  recordedBy: newId(),
  recordedAt: new Date(recordedAt),
  against: [],
  despite: null,
});
export const immigrationDecided = decided('immigration entry', premises.id);

/** A plan of which nothing is to be said. */
export const good: Plan = {
  operation: {
    id: operationId,
    weekId: newId(),
    agencyId: force.id,
    codeName: 'Operation Lantern',
    unit: 'Lantern unit',
    area: 'Leashire',
    startsOn: '2026-09-14',
    endsOn: '2026-09-20',
    plannedBy: newId(),
    weekName: 'Wayfarer',
    weekStartsOn: '2026-09-14',
    weekEndsOn: '2026-09-20',
    agencyName: force.name,
  },
  partners: [lead, health, immigration],
  participants: [
    { memberId: newId(), duty: 'runs reception', roles: ['volunteer'] },
    { memberId: newId(), duty: 'talks with people', roles: ['safeguarding lead'] },
  ],
  teams: [one],
  members: [memberOf(one, lead, 'Ash')],
  briefed: new Map([one, two].map(({ id }) => [id, briefedAt('2026-09-13', '16:00')])),
  premises: [premises],
  powers: [power],
  visits: [visitOf(one)],
  decisions: [immigrationDecided],
  agencies: [force, council, charity, nurses, border],
};
