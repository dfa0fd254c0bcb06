/** What members do in the mixed week, by plain HTTP: the pages of the demonstration's own week, played by the server's clock. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { acceptInvitations } from '../../../../src/demonstration/acceptance.ts';
import { earlierPlan, mainPlan } from '../../../../src/demonstration/data/other-weeks.ts';
import { type OperationPlan, planOperation, planWeek } from '../../../../src/demonstration/plan.ts';
import { countAndSign, publish } from '../../../../src/demonstration/publish.ts';
import { recordVisits } from '../../../../src/demonstration/record.ts';
import { requestVictimInformation } from '../../../../src/demonstration/sides.ts';
import { systemClock } from '../../../../src/platform/clock.ts';
import { type Addresses, Databases, type Db } from '../../../../src/platform/database/database.ts';
import { type MemberKey, members } from '../../../../src/tour/index.ts';
import { addDays } from '../../../../src/vocabulary/calendar/days.ts';
import { newTimelessId } from '../../../../src/vocabulary/ids.ts';
import { sessionPaths, signInPaths } from '../../../../src/vocabulary/paths/identity.ts';
import { newsroomPaths } from '../../../../src/vocabulary/paths/newsroom.ts';
import { operationPaths, teamPaths } from '../../../../src/vocabulary/paths/operations.ts';
import { notificationPaths, searchPaths } from '../../../../src/vocabulary/paths/platform.ts';
import { reportPaths } from '../../../../src/vocabulary/paths/reports.ts';
import { photoPaths, visitPaths } from '../../../../src/vocabulary/paths/visits.ts';
import { plainJpeg } from '../../../fixtures/files.ts';
import type { TestClient } from '../../../harness/browsing.ts';
import { crawl } from '../../../harness/crawl.ts';
import { actsOf } from '../twins-acts.ts';
import { openShift, type Shift, type SignIn } from './members.ts';
import { pick } from './public-acts.ts';
import type { ActName } from './week.ts';

export type StaffSite = {
  readonly app: FastifyInstance;
  readonly signIn: SignIn;
  readonly random: () => number;
  readonly addresses: Addresses;
  /** All-powerful, to look up who is who. */
  readonly db: Db;
  readonly safeguardingDb: Db;
  /** Visits that were recorded in this trial, for photos. */
  readonly visits: string[];
  /** The most premises of an operation. */
  readonly mostPremises: number;
  /** Weeks of action that were planned. */
  readonly weeks: Set<string>;
  /** A name, and a number of those that Ofcom keeps for invented people, that nobody had before. */
  readonly name: () => string;
  readonly phone: () => string;
};

const keys = members.map(({ key }) => key);
const home = '/staff';
const countsAgainMs = 2_000;
const searched = ['Meadow', 'Orchid', 'Kestrel', 'Person 1', 'Mara', '01632 960 118', 'Watford'];
/** Acts of support agencies that can be done once for a person of the demonstration. */
const onceOnly = [
  'a request for help',
  'a request for help taken on',
  'a question about it',
  'a draft handed to a first responder',
  'words to who told the support side',
];

/** Any page, which must be there. */
async function open(at: TestClient, url: string): Promise<string> {
  const { statusCode, headers, body } = await at.get(url);
  if (statusCode === 303) return open(at, String(headers.location));
  if (statusCode !== 200) throw new Error(`${url} was answered ${statusCode}`);
  return body;
}

async function send(at: TestClient, url: string, answers: Record<string, unknown>, wanted: number): Promise<void> {
  const { statusCode } = await at.post(url, answers);
  if (statusCode !== wanted) throw new Error(`${url} was sent and answered ${statusCode}`);
}

const linksIn = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/<a [^>]*href="(\/staff\/[^"#]+)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&')),
  ),
];

export const staffActs = {
  'works a shift': async ({ app, signIn, random }) => {
    const at = await openShift(app, signIn).as(pick(keys, random));
    const links = linksIn(await open(at, home)).filter((url) => url !== signInPaths.signOut());
    await open(at, notificationPaths.notifications());
    for (let page = 0; page < 6; page += 1) await open(at, pick(links, random));
    await send(at, searchPaths.search(), { sought: pick(searched, random) }, 200);
    if (random() < 0.5) await send(at, signInPaths.signOut(), {}, 303);
  },
  'opens every page': (site) => openEveryPage(site, pick(keys, site.random)),
  'triages reports': async ({ app, signIn, random }) => {
    const [who, paths] = pick(
      [
        ['triage', reportPaths.police],
        ['lead', reportPaths.help],
      ] as const,
      random,
    );
    const { stage } = openShift(app, signIn);
    const reader = stage.as(who);
    const queue = await reader.read(paths.queue());
    const reports = linksIn(queue).filter((url) => new RegExp(`^${paths.queue()}/[0-9a-f-]{36}$`).test(url));
    const report = pick(reports, random);
    await reader.read(report);
    await reader.fill(`${report}/write`, { kind: 'asked', message: 'Is there a better time?' }, '/write');
  },
  'adds photos': async (site) => {
    const visit = site.visits.length > 0 ? pick(site.visits, site.random) : await firstVisit(site);
    const { stage, as } = openShift(site.app, site.signIn);
    const officer = stage.as('officer');
    await officer.fill(visitPaths.reopen(visit), { why: 'A picture was forgotten.' });
    const at = await as('officer');
    const id = newTimelessId();
    const file = { name: 'room.jpg', content: await plainJpeg() };
    const added = await at.upload(
      visitPaths.newPhoto(visit),
      { id, caption: 'Three mattresses', room: 'Back room' },
      file,
    );
    if (added.statusCode !== 303) throw new Error(`the photo was answered ${added.statusCode}`);
    for (const url of [photoPaths.photo(id), `${photoPaths.copy(id)}?part=1`]) await open(at, url);
    await officer.fill(visitPaths.finish(visit));
  },
  'runs an operation': async (site) => {
    const shift = openShift(site.app, site.signIn);
    await shift.stage.as('press').fill(newsroomPaths.draft(await runOperation(site, mainPlan, shift)));
  },
  'publishes a release': async (site) => {
    const shift = openShift(site.app, site.signIn);
    await publish(shift.stage, await runOperation(site, earlierPlan, shift));
  },
  'supports people': async (site) => {
    const { stage, as } = openShift(site.app, site.signIn);
    await requestVictimInformation(stage, '');
    const { db, safeguardingDb } = site;
    for (const { name, play } of actsOf(systemClock.today(), { called: site.name(), contactAt: site.phone() })) {
      if (onceOnly.includes(name)) continue;
      await play({ stage, as, db, safeguardingDb }).catch((error: Error) => {
        throw new Error(`${name}: ${error.message}`);
      });
    }
  },
} as const satisfies Partial<Record<ActName, (site: StaffSite) => Promise<void>>>;

export const openEveryPageOfAll = async (site: StaffSite): Promise<void> => {
  for (const who of keys) await openEveryPage(site, who);
};

/** One page of every kind that links lead to. */
async function openEveryPage({ app, signIn }: StaffSite, who: MemberKey): Promise<void> {
  const at = await openShift(app, signIn).as(who);
  // Sessions of the same member’s other shifts end meanwhile.
  const { dead } = await crawl(
    (url) => at.get(url),
    home,
    1,
    (shape) => shape.startsWith(sessionPaths.sessions()),
  );
  if (dead.length > 0) throw new Error(`${who} followed links to nowhere: ${dead.join('; ')}`);
}

/** A week of the demonstration in one day, yesterday, under names of its own. */
function planOf(kind: typeof mainPlan, { mostPremises, name, phone }: StaffSite): OperationPlan {
  const day = addDays(systemClock.today(), -1);
  const plan = kind(day);
  const { parent: _, ...week } = plan.week;
  return {
    ...plan,
    starts: day,
    ends: day,
    week: { ...week, starts: day, ends: day, name: `Second ${week.name.toLowerCase()} of ${day}` },
    codeName: `Operation ${name()}`,
    places: plan.places.slice(0, mostPremises).map(({ calledOff, ...place }) => ({
      ...place,
      name: `${place.name} ${name()}`,
      day: 0,
      ...(calledOff && { calledOff: { ...calledOff, day: 0 } }),
      met: place.met.map((person) => ({
        ...person,
        ...(person.note?.person && {
          note: {
            ...person.note,
            person: { ...person.note.person, called: name(), others: '', contactAt: phone() },
          },
        }),
      })),
    })),
  };
}

/** Gives its signed return. */
async function runOperation(site: StaffSite, kind: typeof mainPlan, { stage }: Shift): Promise<string> {
  const plan = planOf(kind, site);
  if (!site.weeks.has(plan.week.name)) {
    site.weeks.add(plan.week.name);
    await planWeek(stage, plan);
  }
  const planned = await planOperation(stage, plan);
  await accept(site, planned.operation);
  const planner = stage.as('planner');
  for (const page of [operationPaths.schedule(planned.operation), operationPaths.premises(planned.operation)])
    await planner.read(page);
  await brief(stage, planned.operation);
  await recordVisits(stage, plan, planned);
  const signed = await countUntilSigned(stage, planned.operation);
  site.visits.push(...(await visitsOf(site, planned.operation)));
  return signed;
}

/** Others write notes about people met meanwhile. Then the page says to count again. */
async function countUntilSigned(stage: Shift['stage'], operation: string, tries = 10): Promise<string> {
  try {
    return await countAndSign(stage, operation, 'final');
  } catch (error) {
    if (tries === 1 || !/Count again before you sign/.test(String(error))) throw error;
    await sleep(countsAgainMs);
    return countUntilSigned(stage, operation, tries - 1);
  }
}

/** Each team reads its own briefing. */
async function brief(stage: Shift['stage'], operation: string): Promise<void> {
  const planner = stage.as('planner');
  const page = await planner.read(operationPaths.briefings(operation));
  const teams = new Map<string, readonly MemberKey[]>();
  for (const [, id = '', name = ''] of page.matchAll(/\/staff\/teams\/([0-9a-f-]{36})[^>]*>([\s\S]*?)<\/a>/g))
    teams.set(id, /Green/.test(name) ? ['officer2', 'adviser'] : ['officer', 'nurse']);
  for (const [team, readers] of teams) {
    const briefing = await planner.fill(teamPaths.briefing(team));
    for (const who of readers) await stage.as(who).fill(briefing, {}, '/read');
  }
}

/** Most agencies of the cast lack a role that answers invitations, so this is done beside the pages, as in the demonstration. */
async function accept({ addresses, db }: StaffSite, operation: string): Promise<void> {
  const databases = new Databases(addresses, { maxConnections: 1 });
  const planner = members.find(({ key }) => key === 'planner')?.name ?? '';
  const row = await db
    .selectFrom('members')
    .select(['id', 'agencyId'])
    .where('name', '=', planner)
    .executeTakeFirstOrThrow();
  await acceptInvitations(databases, new Date(), operation, {
    memberId: row.id as string,
    memberName: planner,
    agencyId: row.agencyId as string,
    agencyName: '',
    side: 'enforcement',
    roles: ['planner'],
    operations: [],
    partnerOperations: [],
    teams: [],
  }).finally(() => databases.close());
}

/** Finished visits of the officer's own teams, with people inside. */
async function visitsOf({ db }: StaffSite, operation?: string): Promise<string[]> {
  const rows = await db
    .selectFrom('visits as v')
    .innerJoin('planned_visits as p', 'p.id', 'v.id')
    .innerJoin('teams as t', 't.id', 'p.teamId')
    .select(['v.id', 'v.operationId'])
    .where('t.name', 'in', ['Blue team', 'Red team'])
    .where('v.finishedAt', 'is not', null)
    .execute();
  return rows.filter(({ operationId }) => !operation || operationId === operation).map(({ id }) => id as string);
}

async function firstVisit(site: StaffSite): Promise<string> {
  const [visit] = await visitsOf(site);
  if (!visit) throw new Error('the demonstration has no finished visit');
  return visit;
}
