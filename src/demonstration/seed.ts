/** Makes the demonstration on empty databases: the cast by the administrator's rules, everything else by walking the pages on a clock that is set. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { addAgency, addMember, hashPassword, listAgencies, openSession } from '../identity/agencies/index.ts';
import { type Agreement, addAgreement, saveAgreement } from '../identity/agreements/index.ts';
import { addDecision, listConfirmations } from '../identity/role-approval/index.ts';
import type { OpenApp } from '../platform/area.ts';
import { type Clock, dayOf, instantAt, stoppedClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { UnitKeys } from '../platform/crypto/crypto.ts';
import { beginReading, beginWriting, type Databases, setContext } from '../platform/database/database.ts';
import { deliverEvents } from '../platform/jobs/outbox.ts';
import type { Assets } from '../platform/rendering/assets.ts';
import { custodyNoticeListeners } from '../safeguarding/custody-notices/index.ts';
import { agencies, exampleEmail, type MemberKey, members } from '../tour/index.ts';
import { addDays, weekdayOf } from '../vocabulary/calendar/days.ts';
import { type AgencyId, type MemberId, newId } from '../vocabulary/ids.ts';
import { operationPaths, teamPaths } from '../vocabulary/paths/operations.ts';
import { visitPaths } from '../vocabulary/paths/visits.ts';
import { sideOf } from '../vocabulary/people.ts';
import { acceptInvitations } from './acceptance.ts';
import { openStage, type Stage } from './application-player.ts';
import { holdCaseMeeting } from './case-meeting.ts';
import { earlierPlan, europeanWeek, mainPlan, nextPlan } from './data/other-weeks.ts';
import { planElsewhere } from './other-agency.ts';
import { addOversight } from './oversight.ts';
import { planOperation, planWeek } from './plan.ts';
import { importPublishedWeeks, publishEarlierWeek } from './publish.ts';
import { openReception } from './reception.ts';
import { recordVisits } from './record.ts';
import { sendFirstReports, sendLaterReports } from './reports.ts';
import { requestVictimInformation } from './sides.ts';

export type SeedParts = {
  readonly config: Config;
  readonly databases: Databases;
  readonly keys: UnitKeys;
  readonly assets: Assets;
  readonly openApp: OpenApp;
  /** The day on which the demonstration is opened. */
  readonly today: string;
  readonly password: string;
  /** How often each button is pressed at once; once unless a test sets it. */
  readonly presses?: number;
};

/** Whether the databases are empty; the demonstration is created in no other. */
export async function isEmpty(databases: Databases): Promise<boolean> {
  const tx = await beginReading(databases.for('main', 'staff'));
  try {
    await setContext(tx, { now: new Date(0), actor: bootstrapActor(newId()) });
    return (await listAgencies(tx)).length === 0;
  } finally {
    await tx.commit().execute();
  }
}

/** Opens a session for one of the cast. */
export const signInWith =
  (databases: Databases, clock: Clock, ids: ReadonlyMap<MemberKey, string>) =>
  async (who: MemberKey): Promise<string> => {
    const tx = await beginWriting(databases.for('main', 'staff'));
    const opening = { method: 'password', sharedWorkstation: false } as const;
    const token = await openSession(tx, ids.get(who) ?? '', clock.now(), opening);
    await tx.commit().execute();
    return token;
  };

/** The last Monday whose week is over. */
export function lastWholeWeek(today: string): string {
  let day = addDays(today, -7);
  while (weekdayOf(day) !== 'Monday') day = addDays(day, -1);
  return day;
}

export async function seedWeek(parts: SeedParts) {
  const { config, databases, keys, assets, openApp, today, password, presses } = parts;
  const clock = stoppedClock(instantAt(today, '08:00'));
  const monday = lastWholeWeek(today);
  // Before anything was planned, because "who could have seen this" needs the members' times of service.
  const { ids, homes } = await addAgenciesAndMembers(databases, instantAt(addDays(monday, -7 * 30), '08:00'), password);
  await addAgreements(databases, instantAt(addDays(monday, -7 * 30), '08:00'), today);
  const timing = { notFound: 1, padded: 1 };
  // No reader waits here, and the disk of a first start may be slow.
  const patience = { total: 120_000, least: 120_000 };
  // A failure is told in one sentence. Its log line is for those who asked for log lines.
  const logLevel = ['error', 'debug'].includes(config.logLevel) ? 'error' : 'silent';
  const app = await openApp({ config: { ...config, logLevel }, databases, keys, clock, assets, timing, patience });
  const stage = openStage(app, clock, signInWith(databases, clock, ids), presses);
  try {
    const planner = { ...bootstrapActor(homes.get('force') ?? ''), memberId: ids.get('planner') ?? '' };
    const accepted = (operation: string) =>
      acceptInvitations(databases, clock.now(), operation, { ...planner, roles: ['planner'] });
    const earlier = await runOperation(stage, earlierPlan(addDays(monday, -7 * 26)), accepted);
    await publishEarlierWeek(stage, earlier, addDays(monday, -7 * 26 + 9));
    await importPublishedWeeks(stage, monday);
    await sendFirstReports(stage, app, monday);
    stage.at(addDays(monday, -21), '09:00');
    await planWeek(stage, { week: europeanWeek(monday) });
    const main = await runOperation(stage, mainPlan(monday), accepted);
    await addOversight(stage, addDays(monday, 5));
    stage.at(addDays(monday, 6), '18:00');
    await planWeek(stage, nextPlan(today));
    const next = await planOperation(stage, nextPlan(today));
    await accepted(next.operation);
    await planElsewhere(stage, nextPlan(today));
    await sendLaterReports(stage, app, today);
    await requestVictimInformation(stage, addDays(today, -1));
    await requestIdentity(stage, addDays(today, -1));
    await openReception(stage, today);
    await holdCaseMeeting(stage, today);
    // Discards the events of the past week. Handled on the first evening, they would be reported as changes to signed returns.
    await deliverEvents(databases, clock, {});
    // Sends the custody safeguarding notices now, so that their urgent pages are ready when somebody opens the demonstration.
    await deliverEvents(databases, clock, custodyNoticeListeners(keys), 'safeguarding');
    return { members: ids, operations: { main, earlier, next: next.operation } };
  } finally {
    await app.close();
  }
}

async function runOperation(
  stage: Stage,
  plan: ReturnType<typeof mainPlan>,
  accepted: (operation: string) => Promise<void>,
): Promise<string> {
  stage.at(addDays(plan.starts, -20), '09:30');
  await planWeek(stage, plan);
  stage.at(addDays(plan.starts, -8), '10:00');
  const planned = await planOperation(stage, plan);
  await accepted(planned.operation);
  await briefTeams(stage, planned.operation, addDays(plan.starts, -1));
  await recordVisits(stage, plan, planned);
  return planned.operation;
}

/** Each team is briefed the day before, and its lead reads it. */
async function briefTeams(stage: Stage, operation: string, day: string): Promise<void> {
  stage.at(day, '16:00');
  const planner = stage.as('planner');
  const page = await planner.read(operationPaths.briefings(operation));
  const teams = new Set([...page.matchAll(/\/staff\/teams\/([0-9a-f-]{36})/g)].map(([, id]) => id ?? ''));
  for (const team of teams) {
    const briefing = await planner.fill(teamPaths.briefing(team));
    for (const who of ['officer', 'officer2', 'nurse', 'adviser'] as const) {
      const reader = stage.as(who);
      await reader.fill(briefing, {}, '/read').catch(() => undefined);
    }
  }
}

/** Asked the evening before, so that the request still waits for the custodian. */
async function requestIdentity(stage: Stage, day: string): Promise<void> {
  stage.at(day, '21:30');
  const commander = stage.as('commander');
  const visit = await commander.follow(visitPaths.list(), 'Meadow Nails');
  const person = await commander.follow(visit, 'Person 1');
  await commander.fill(await commander.follow(person, 'Ask a custodian'), {
    purpose: 'legal requirement',
    reason:
      'The council decides tomorrow on the licence of the premises. The licence names another person, not the manager.',
    hours: '24',
  });
}

/** The actor who creates the first accounts, before there is any member. */
const bootstrapActor = (agencyId: string) => ({
  memberId: newId(),
  memberName: '',
  agencyId,
  agencyName: '',
  side: 'help' as const,
  roles: ['administrator' as const],
  operations: [],
  partnerOperations: [],
  teams: [],
});

async function addAgenciesAndMembers(
  databases: Databases,
  now: Date,
  password: string,
): Promise<{ readonly ids: Map<MemberKey, MemberId>; readonly homes: ReadonlyMap<string, string> }> {
  const ids = new Map<MemberKey, MemberId>();
  const homes = new Map<string, string>();
  const hashes = await Promise.all(members.map(() => hashPassword(password)));
  for (const { key, ...agency } of agencies) {
    const id = newId<'agency'>() as AgencyId;
    homes.set(key, id);
    const tx = await beginWriting(databases.for('main', 'staff'));
    await setContext(tx, { now, actor: bootstrapActor(id) });
    await addAgency(tx, { id, side: sideOf[agency.kind], ...agency });
    for (const [index, member] of members.entries()) {
      if (member.agency !== key) continue;
      const { title, name, roles } = member;
      const memberId = newId<'member'>();
      await addMember(
        tx,
        { id: memberId, agencyId: id, title, name, roles, endedAt: null },
        { email: exampleEmail(member), passwordHash: hashes[index] ?? '' },
      );
      ids.set(member.key, memberId);
    }
    await tx.commit().execute();
  }
  await confirmMembers(databases, now, ids.get('protection') as MemberId, homes.get('force') ?? '');
  return { ids, homes };
}

/** One agreement of all agencies, confirmed by each and reviewed every year, so that every partner may join. */
async function addAgreements(databases: Databases, now: Date, today: string): Promise<void> {
  const tx = await beginWriting(databases.for('main', 'staff'));
  await setContext(tx, { now, actor: bootstrapActor(newId()) });
  const everybody = (await listAgencies(tx)).map(({ id }) => id);
  await setContext(tx, { now, actor: bootstrapActor(everybody[0] ?? '') });
  const day = dayOf(now);
  const agreement: Agreement = {
    id: newId(),
    agencies: everybody,
    reference: 'LVP/ISA/03',
    signedOn: addDays(day, -14),
    reviewOn: addDays(today, 200),
    dpiaReference: 'LVP/DPIA/03',
    dpiaOn: addDays(day, -40),
    confirmed: everybody.slice(0, 1),
    replaces: null,
    alsoAsks: [],
    withdrawn: [],
    withdrawnReason: null,
  };
  await addAgreement(tx, agreement);
  for (const [index, agency] of everybody.entries()) {
    await setContext(tx, { now, actor: bootstrapActor(agency) });
    await saveAgreement(tx, { ...agreement, confirmed: everybody.slice(0, index + 1) });
  }
  await tx.commit().execute();
}

/** As in any new installation, the first administrator and the first data-protection lead start at once, and that lead confirms everyone else. Other leads come last, so that no agency confirms its own members before that. */
async function confirmMembers(databases: Databases, now: Date, by: MemberId, home: string): Promise<void> {
  const lead = 'data-protection lead' as const;
  const tx = await beginWriting(databases.for('main', 'staff'));
  await setContext(tx, {
    now,
    actor: { ...bootstrapActor(home), memberId: by, side: 'enforcement', roles: [lead] },
  });
  const waiting = await listConfirmations(tx);
  const leads = ({ confirmation: { roles } }: (typeof waiting)[number]): number => Number(roles.includes(lead));
  for (const { confirmation } of waiting.sort((a, b) => leads(a) - leads(b)))
    await addDecision(tx, {
      id: confirmation.id,
      confirmed: true,
      grounds: 'Met in person when the partnership began',
      decidedBy: by,
      decidedAt: now,
    });
  await tx.commit().execute();
}

/** One password for all of the cast, made for this data folder and kept in a 0600 file. */
export function demonstrationPassword(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(9).toString('base64url');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}
