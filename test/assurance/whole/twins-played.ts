/** Whether enforcement or immigration can notice work in the safeguarding database: two identical demonstrations, and acts of support agencies, with their news, in one of them only. */

import { sql } from 'kysely';
import { areas } from '../../../src/app.ts';
import { listenersByStore } from '../../../src/platform/jobs/background.ts';
import { deliverEvents } from '../../../src/platform/jobs/outbox.ts';
import { agencies, members } from '../../../src/tour/index.ts';
import { sideOf } from '../../../src/vocabulary/people.ts';
import { demonstrationDay, openDemonstration } from '../../fixtures/demonstration.ts';
import type { Effort, Row } from '../../harness/assurance.ts';
import { crawl } from '../../harness/crawl.ts';
import { pick } from './alike-hidden.ts';
import { type Act, actsOf } from './twins-acts.ts';
import { type Asked, askAll, askerIn, listed, nothingFound, type Twin, uuids } from './twins-answers.ts';
import { drawnAnew, logPages, pathsBy, routes } from './twins-paths.ts';
import { everyTable, storeOf, tablesBehind } from './twins-worlds.ts';
import { inServer, type World } from './world.ts';

type Worlds = readonly [World, World];
type Enforcing = { readonly key: string; readonly twin: Twin; readonly pages: readonly Asked[] };

export const assurePlayed = ({ seed, quick }: Effort): Promise<readonly Row[]> =>
  inServer(async (ends) => {
    const worlds: Worlds = [await openDemonstration(ends as never), await openDemonstration(ends as never)];
    const ids = await idsOf(worlds[1]);
    const people = await enforcing(worlds, quick);
    const [before, found] = [nothingFound(), nothingFound()];
    for (const { key, twin, pages } of people) await askAll({ ids }, key, twin, pages, before);
    const acts = actsOf(demonstrationDay);
    const known = new Set(await behind(worlds[0]));
    const crossed: string[] = [];
    const logged: string[] = [];
    let made: string[] = [];
    for (const [index, act] of acts.entries()) {
      const left = await leftInTheLog(worlds[0], async () => {
        await act.play(worlds[0]);
        await hear(worlds);
      });
      // The number in the header would differ on every page. The member who is lawfully notified reads it, in both worlds.
      if (act.crosses?.notifies)
        for (const world of worlds) await (await world.as(act.crosses.notifies)).post('/staff/notifications', {});
      for (const event of left) logged.push(`${event}, of ${act.name}`);
      const fresh = (await behind(worlds[0])).filter((id) => !known.has(id));
      for (const id of fresh) known.add(id);
      // What was taken back or taken along leaves no record with an id of its own: it is asked for by those before it.
      if (fresh.length > 0) made = fresh;
      const byIds = pathsBy(worlds[0].app.offered, made.slice(0, 3)).filter(({ method }) => method !== 'HEAD');
      for (const [more, { key, twin, pages }] of people.entries()) {
        // In the short form two of them in turn.
        if (quick && (index + more) % 2 === 0) continue;
        const of = (paths: readonly Asked[]) => pick(paths, quick ? 16 : 100, seed + index * 31 + more);
        const asked = [...(quick ? of(pages) : pages), ...of(byIds.filter(({ url }) => isAsked(key, url)))];
        const noticed = nothingFound();
        await askAll(
          { ids },
          `${key}, after ${act.name}`,
          twin,
          asked,
          noticed,
          lawfulTo(key, acts.slice(0, index + 1)),
        );
        found.pairs += noticed.pairs;
        for (const [where, what] of noticed.differing) found.differing.set(where, what);
        for (const route of noticed.crossing) crossed.push(`${key} ${route}`);
      }
    }
    const ways = acts.flatMap(({ crosses }) => (crosses ? [crosses.why] : []));
    const least = quick ? 500 : 2_000;
    return [
      {
        what: 'pages of everybody at police, regional unit and immigration, before anything is done: two demonstrations are the same',
        figure: `${before.pairs} pairs by ${people.length} people, ${before.differing.size} differ${listed(before)}`,
        passed: before.differing.size === 0 && before.pairs > 200,
      },
      {
        what: `the same after each of ${acts.length} acts of those who help, in one of the two alone, with its rows, its log and its news, and by the ids of what it made: pairs of answers, the same bytes and headers after ids (at least ${least})`,
        figure: `${found.pairs} pairs, ${found.differing.size} differ${listed(found)}`,
        passed: found.pairs >= least && found.differing.size === 0,
      },
      {
        what: `rows that these ${acts.length} acts write into the log of the main store (must be 0; counts of the first page, which name nothing, aside)`,
        figure: `${logged.length}${logged.map((one) => `\n    ${one}`).join('')}`,
        passed: logged.length === 0,
      },
      {
        what: `what differs as was decided: ${ways.join('; ')}`,
        figure: [...new Set(crossed)].join(', ') || 'nothing that was asked for',
        passed: quick || new Set(crossed).size >= ways.length,
      },
    ];
  });

const rolesOf: ReadonlyMap<string, readonly string[]> = new Map(members.map(({ key, roles }) => [key, roles]));
/** Requests are in the log, in each world in a different order. Of the log, only the rows that an act leaves are compared. */
const isAsked = (key: string, url: string): boolean =>
  !(logPages.test(url) && (rolesOf.get(key) ?? []).some((role) => ['auditor', 'data-protection lead'].includes(role)));

/** Numbers on the first page of a member with access to an operation: they name no record. */
const counted = new Set(['plans.waiting counted', 'visits.waiting counted']);

/** What an act wrote into the main log, which the auditor of police reads. That somebody was refused is the trial's own asking: it is written after its answer, on a machine at work when the next act is played, and no act that is played is refused. */
async function leftInTheLog(world: World, play: () => Promise<void>): Promise<string[]> {
  const last = sql<number>`coalesce((select max(id) from access_log), 0)`;
  const { rows } = await sql<{ last: number }>`select ${last} as last`.execute(world.db);
  await play();
  const { rows: written } = await sql<{ event: string; named: boolean }>`
    select event, subject is not null or cardinality(returned) > 0 as named
    from access_log where id > ${rows[0]?.last ?? 0} and kind <> 'refusal'`.execute(world.db);
  return written.flatMap(({ event, named }) => (named || !counted.has(event) ? [event] : []));
}

/** From the act on that sends it. */
const lawfulTo =
  (key: string, played: readonly Act[]) =>
  ({ route }: Asked): boolean =>
    played.some(({ crosses }) => crosses?.who.test(key) && crosses.route.test(route));

async function hear(worlds: Worlds): Promise<void> {
  for (const { databases, clock, keys } of worlds)
    for (const store of ['main', 'safeguarding'] as const)
      await deliverEvents(databases, clock, listenersByStore(areas, keys, true)[store] ?? {}, store);
}

/** Everybody on that side, every page they can find in the unchanged world, and every path of the router without an id. Support agencies are signed in to both worlds, as on any day. */
async function enforcing(worlds: Worlds, quick: boolean): Promise<readonly Enforcing[]> {
  const of = (side: string) =>
    members.filter(({ agency }) => sideOf[agencies.find(({ key }) => key === agency)?.kind ?? 'council'] === side);
  for (const { key } of of('help')) for (const world of worlds) await world.stage.as(key).read('/staff');
  const found: Enforcing[] = [];
  for (const { key } of of('enforcement').filter(({ key }) => !quick || some.includes(key))) {
    const tokens = await Promise.all(worlds.map(async (world) => (await world.as(key)).token));
    const twin: Twin = [askerIn(worlds[0].app, String(tokens[0])), askerIn(worlds[1].app, String(tokens[1]))];
    const urls = new Set(
      routes(worlds[0].app.offered).flatMap(({ method, url }) => (method === 'GET' && !url.includes(':') ? [url] : [])),
    );
    await crawl(
      async (url) => {
        urls.add(url);
        return twin[1]({ method: 'GET', url, route: url });
      },
      '/staff',
      quick ? 1 : 3,
    );
    found.push({
      key,
      twin,
      pages: [...urls]
        .filter((url) => !drawnAnew.test(url) && isAsked(key, url))
        .map((url): Asked => ({ method: 'GET', url, route: url })),
    });
  }
  return found;
}
const some = ['officer', 'immigration', 'custodian', 'analyst', 'auditor', 'protection'];

async function idsOf(world: World): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const store of ['main', 'safeguarding'] as const) {
    const db = storeOf(world, store);
    for (const name of await everyTable(db)) for (const id of await idsIn(db, name)) found.add(id);
  }
  return found;
}

/** Ids of everything in the safeguarding database, except the log. */
async function behind(world: World): Promise<string[]> {
  const found: string[] = [];
  for (const table of tablesBehind()) found.push(...(await idsIn(world.safeguardingDb, table)));
  return found;
}

async function idsIn(db: World['db'], table: string): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.id(table)} t`.execute(db);
  return rows.flatMap(({ row }) => [...row.matchAll(uuids)].map(([id]) => id));
}
