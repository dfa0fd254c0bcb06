/** The cast: every role, on both sides of the wall, in every standing towards an operation; with current, ended and future grants. */
import { type Agency, addGrants, type Member, openSession } from '../../src/identity/agencies/index.ts';
import { addOperation, addPartner, addTeam, addToOperation } from '../../src/operations/weeks/examples.ts';
import type { Operation, Team } from '../../src/operations/weeks/index.ts';
import { type Role, roles, type Side } from '../../src/vocabulary/people.ts';
import type { TestApplication } from '../fixtures/application.ts';

/** How a member relates to operation A, which the force leads: the agency leads it ('own'), takes part, did, will or never has; or the member has emergency access; or has given only a password yet. */
export const standings = [
  'on the team',
  'let in',
  'let in from its leader',
  'let in alone',
  'of its leader',
  'of a partner',
  'let out',
  'of a former partner',
  'of a partner to come',
  'of nobody in it',
  'on a team elsewhere',
  'under glass',
  'half signed in',
] as const;
export type Standing = (typeof standings)[number];

/** Two rules that fit one member must not open together what neither opens alone. */
const severalRoles: readonly (readonly Role[])[] = [
  ['field', 'enforcement'],
  ['field', 'planner'],
  ['enforcement', 'commander'],
  ['field', 'safeguarding lead'],
  ['safeguarding lead', 'partner caseworker'],
  ['analyst', 'press'],
  ['commander', 'analyst'],
  ['planner', 'administrator'],
  ['coordinator', 'press'],
  ['auditor', 'partner caseworker'],
  ['custodian', 'enforcement'],
];

export type Person = {
  readonly member: Member;
  readonly agency: Agency;
  readonly side: Side;
  readonly standing: Standing;
  /** The token of the session. */
  readonly token: string;
};

/** An operation with two teams. */
export type Staged = { readonly operation: Operation; readonly planner: Member; readonly teams: readonly [Team, Team] };

const agencyNames = {
  force: 'police force',
  crimeUnit: 'regional crime unit',
  council: 'council',
  nurses: 'health',
  borderForce: 'immigration',
  formerForce: 'immigration',
  formerHelp: 'voluntary',
  comingForce: 'police force',
  comingHelp: 'sexual violence advisers',
  otherForce: 'police force',
  otherHelp: 'council',
  farForce: 'immigration',
  farHelp: 'voluntary',
} as const;
type AgencyName = keyof typeof agencyNames;

/** The agency of a member, by standing and side. */
const agencyIn: Record<Standing, Record<Side, AgencyName>> = {
  'on the team': { enforcement: 'force', help: 'council' },
  'let in': { enforcement: 'crimeUnit', help: 'nurses' },
  'let in from its leader': { enforcement: 'force', help: 'council' },
  'let in alone': { enforcement: 'otherForce', help: 'otherHelp' },
  'of its leader': { enforcement: 'force', help: 'council' },
  'of a partner': { enforcement: 'crimeUnit', help: 'nurses' },
  'let out': { enforcement: 'crimeUnit', help: 'nurses' },
  'of a former partner': { enforcement: 'formerForce', help: 'formerHelp' },
  'of a partner to come': { enforcement: 'comingForce', help: 'comingHelp' },
  'of nobody in it': { enforcement: 'otherForce', help: 'otherHelp' },
  'on a team elsewhere': { enforcement: 'farForce', help: 'farHelp' },
  'under glass': { enforcement: 'borderForce', help: 'nurses' },
  'half signed in': { enforcement: 'force', help: 'council' },
};

/** This morning, two hours before it is now. */
export const sometime = new Date('2026-09-18T09:00:00Z');
const longAgo = new Date('2000-01-01T00:00:00Z');
const lastWeek = new Date('2026-09-11T12:00:00Z');
const nextWeek = new Date('2026-09-25T12:00:00Z');
type When = { readonly since: Date; readonly until: Date | null };
const now: When = { since: longAgo, until: null };
const before: When = { since: longAgo, until: lastWeek };
const after: When = { since: nextWeek, until: null };

export async function openCast(application: TestApplication) {
  const made = {} as Record<AgencyName, Agency>;
  for (const [name, kind] of Object.entries(agencyNames) as [AgencyName, Agency['kind']][])
    made[name] = await application.agency(kind, { name: `Invented ${name}` });
  const here = await stage(application, made.force, 'Operation Lantern');
  const elsewhere = await stage(application, made.farForce, 'Operation Beacon');
  for (const partner of [made.crimeUnit, made.council, made.nurses, made.borderForce])
    await addPartner(application.db, here.operation, partner);
  await addPartner(application.db, elsewhere.operation, made.farHelp);
  const whole = { operation: here.operation, by: here.planner };
  for (const [agency, when] of [
    [made.formerForce, before],
    [made.formerHelp, before],
    [made.comingForce, after],
    [made.comingHelp, after],
  ] as const)
    await give(application, whole, 'partner', here.operation.id, { agencyId: agency.id }, when);
  const people: Person[] = [];
  for (const standing of standings)
    for (const side of ['enforcement', 'help'] as const)
      for (const held of [...roles.map((role) => [role]), ...severalRoles])
        people.push(await addPerson(application, { here, elsewhere }, made[agencyIn[standing][side]], standing, held));
  return { people, agencies: made, here, elsewhere };
}
export type Cast = Awaited<ReturnType<typeof openCast>>;

async function stage(application: TestApplication, agency: Agency, codeName: string): Promise<Staged> {
  const planner = await application.member(agency, ['planner'], `Planner of ${codeName}`);
  const operation = await addOperation(application.db, agency, planner, { codeName });
  await addToOperation(application.db, operation, planner);
  const teams = [
    await addTeam(application.db, operation, { name: 'Team 1' }),
    await addTeam(application.db, operation, { name: 'Team 2' }),
  ] as const;
  return { operation, planner, teams };
}

async function addPerson(
  application: TestApplication,
  { here, elsewhere }: Pick<Cast, 'here' | 'elsewhere'>,
  agency: Agency,
  standing: Standing,
  held: readonly Role[],
): Promise<Person> {
  const member = await application.member(agency, held, `${held.join(' and ')}, ${standing}`);
  const token = await openSession(application.db, member.id, application.clock.now(), {
    method: 'password',
    sharedWorkstation: false,
    unfinished: standing === 'half signed in',
  });
  const who = { memberId: member.id };
  const admit = async ({ operation, planner, teams }: Staged, when: When, onTeam: boolean) => {
    const given = { operation, by: planner };
    await give(application, given, 'member', operation.id, who, when);
    if (onTeam) await give(application, given, 'team', teams[0].id, who, when);
  };
  if (standing === 'on the team' || standing === 'half signed in') await admit(here, now, true);
  if (standing.startsWith('let in')) await admit(here, now, false);
  if (standing === 'let out' || standing === 'of a former partner') await admit(here, before, true);
  if (standing === 'of a partner to come') await admit(here, after, true);
  if (standing === 'on a team elsewhere') await admit(elsewhere, now, true);
  return { member, agency, side: agency.side, standing, token };
}

const give = (
  { db }: TestApplication,
  { operation, by }: { readonly operation: Operation; readonly by: Member },
  relation: 'member' | 'partner' | 'team',
  subject: string,
  who: { readonly memberId?: string; readonly agencyId?: string },
  when: When,
): Promise<void> =>
  addGrants(db, [
    {
      relation,
      subject,
      operationId: operation.id,
      memberId: who.memberId ?? null,
      agencyId: who.agencyId ?? null,
      givenBy: by.id,
      ...when,
    },
  ]);
