/** The process in which secrets are sent: `canary-run.ts MOST SEED LEVEL FILE`. Its output is looked through by the one that started it; what it sent and found goes into FILE. */

import { writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { systemClock } from '../../../src/platform/clock.ts';
import { openTraces } from '../../../src/platform/traces/open-traces.ts';
import { agencies, members } from '../../../src/tour/index.ts';
import { roles, sideOf } from '../../../src/vocabulary/people.ts';
import type { Visitor } from '../../fixtures/application.ts';
import { chance } from '../../harness/assurance.ts';
import { openCollector } from '../../harness/collector.ts';
import { crawl, toRouteShape } from '../../harness/crawl.ts';
import { stopSharedServer } from '../../harness/shared-server.ts';
import { query } from '../../harness/sql.ts';
import { askWrongly, failUnderneath } from './canary-failures.ts';
import { Forms, type Guest, nobody, postRoutes, type Watch } from './canary-forms.ts';
import { columns, dumps, type Found, filesOfTheServer, type Place, watchStatements } from './canary-search.ts';
import { found, Secrets, type Sent } from './canary-secrets.ts';
import { inWorld, threeAtOnce, type World } from './world.ts';

export type Looked = {
  readonly sent: readonly Sent[];
  readonly found: readonly Found[];
  readonly dumped: boolean;
  /** The addresses that take forms, and those of them to which a form of their own was sent, and was read. */
  readonly offered: readonly string[];
  readonly read: readonly string[];
  /** What we made fail, with what was answered. */
  readonly failed: readonly string[];
  readonly pages: number;
};

const [most = '1000', seed = '1', level = 'debug', file = ''] = process.argv.slice(2);
const quick = Number(most) < 1_000;
const enough = quick ? Number(most) : Number.POSITIVE_INFINITY;
/** In the short form, one of each kind of work on both sides of the wall, and fewer pages of a kind. */
const fewer = ['planner', 'officer', 'immigration', 'lead', 'press', 'administrator'];
const cast = members.filter(({ key }) => !quick || fewer.includes(key));
const perShape = quick ? 2 : 6;

const closeCollector: (() => unknown)[] = [];
const collector = await openCollector({ after: (close) => void closeCollector.push(close as () => unknown) });
const traces = openTraces({
  settings: { address: collector.address, serviceName: 'safelight', share: 1 },
  clock: systemClock,
  warn: () => {},
  limits: { mostWaiting: 1_000_000, flushMs: 60_000 },
});

await inWorld(
  async (world) => {
    const secrets = new Secrets(Number(seed));
    const random = chance(Number(seed));
    const met = new Map<string, Found>();
    let pages = 0;
    const watch: Watch = (viewer, url, { body, headers }, letter) => {
      pages += 1;
      const own = new Set(letter?.carried.map(({ index }) => index));
      for (const index of found(`${body}\n${JSON.stringify(headers)}`))
        if (!own.has(index))
          met.set(`${viewer.name} ${toRouteShape(url)} ${index}`, {
            place: 'page',
            at: toRouteShape(url),
            index,
            viewer,
          });
    };
    const somebody = await world.db.selectFrom('encounters').select('id').executeTakeFirstOrThrow();
    const operation = await world.mainOperation();
    const forms = new Forms(world, secrets, watch, somebody.id);
    const walk = async (
      guest: Pick<Guest, 'get' | 'who'>,
      from: string,
      meet?: (url: string, html: string) => void,
    ) => {
      await crawl(
        async (url) => {
          const answer = await guest.get(url);
          watch(guest.who, url, answer);
          if (answer.statusCode === 200) meet?.(url, answer.body);
          return answer;
        },
        from,
        perShape,
      );
    };
    const walkCast = async (): Promise<void> => {
      const guests = await Promise.all(cast.map(async ({ key, agency }) => guestOf(key, agency, await world.as(key))));
      await threeAtOnce(guests, (guest) => walk(guest, '/staff', (url, html) => forms.meet(guest, url, html)));
    };

    const stop = watchStatements(world);
    await walkCast();
    const stranger = nobody(world, 'who is to sign in');
    await walk(stranger, '/staff/sign-in', (url, html) => forms.meet(stranger, url, html));
    await forms.send(random, enough);
    const planner = await world.as('planner');
    const asking = {
      world,
      operation,
      secrets,
      watch,
      planner: { ...planner, ...guestOf('planner', 'force', planner) },
    };
    await askWrongly(asking, { seed: Number(seed), quick });
    const failed = await failUnderneath(asking, level);
    await plant(world, operation, secrets);
    // What one form has made possible, the next round finds.
    for (let round = 0; round < (quick ? 1 : 2); round += 1) {
      await walkCast();
      await forms.send(random, enough / 5);
    }
    await forms.sendLast(enough / 5);
    await walkOutside(world, walk, watch);
    await watchTraces(world, watch);
    const inStatements = stop();
    await world.app.refusals.settled();
    const dumped = await dumps(world);
    const looked: Looked = {
      sent: secrets.all,
      found: [
        ...met.values(),
        ...inStatements,
        ...(await columns(world)),
        ...(dumped ?? []),
        ...(await filesOfTheServer(world)),
      ],
      dumped: dumped !== undefined,
      offered: postRoutes(world),
      read: [...forms.read],
      failed,
      pages,
    };
    writeFileSync(file, JSON.stringify(looked));
  },
  { traces },
).finally(async () => {
  for (const close of closeCollector) await close();
  await stopSharedServer();
});

function guestOf(key: string, agency: string, { get, post }: Visitor): Guest {
  const kind = agencies.find((one) => one.key === agency)?.kind ?? 'council';
  return { get, post, who: { name: key, side: sideOf[kind] } };
}

/** Shown to one member of each side with every role at an agency that takes part in nothing, and to anybody. */
async function walkOutside(
  world: World,
  walk: (guest: Pick<Guest, 'get' | 'who'>, from: string) => Promise<void>,
  watch: Watch,
): Promise<void> {
  const outsiders: Guest[] = [];
  for (const kind of ['police force', 'council'] as const) {
    const agency = await world.agency(kind, { name: `Outside ${kind}` });
    const { get, post } = await world.signIn(await world.member(agency, roles));
    outsiders.push({ get, post, who: { name: `an outsider of a ${kind}`, side: 'outside' } });
  }
  await threeAtOnce(outsiders, (outsider) => walk(outsider, '/staff'));
  const anybody = nobody(world, 'anybody');
  await walk(anybody, '/');
  for (const url of ['/livez', '/readyz']) await walk(anybody, url);
  watch(anybody.who, '/metrics', { ...(await world.app.inject('/livez')), body: await world.metrics.render() });
  for (const { method, url } of world.app.offered)
    if (method === 'GET' && url.startsWith('/news/feed')) await walk(anybody, url);
}

/** Readers of the collector may see no record, so everything it was sent counts as shown to anybody. */
async function watchTraces(world: World, watch: Watch): Promise<void> {
  await traces.close();
  if (collector.spans().length < 100) throw new Error(`the collector was sent ${collector.spans().length} spans`);
  watch(nobody(world, 'anybody').who, '/traces', { ...(await world.app.inject('/livez')), body: collector.text() });
}

/** One secret in each place that is looked through, so that a search that finds nothing is known to have looked. */
async function plant({ app, db, safeguardingDb }: World, operation: string, secrets: Secrets): Promise<void> {
  const planted = (place: Place): string => secrets.planted(place);
  app.log.info(planted('output'));
  for (const store of [db, safeguardingDb]) {
    await query(store)`create table canary_planted (words text, sealed bytea, encoded text)`;
    await query(store)`insert into canary_planted values (
      ${planted('column')}, ${Buffer.from(planted('column'))}, ${Buffer.from(planted('column')).toString('base64')})`;
    await query(store)`insert into canary_planted values (${planted('dump')}), (${planted('files')})`;
  }
  await query(db)`
    update weeks set name = ${planted('page')}
    where id = (select week_id from operations where id = ${operation})`;
  await sql.raw(`do $$ begin raise log '${planted('server’s log')}'; end $$`).execute(db);
  await sql.raw(`select pg_sleep(0.8) /* ${planted('statements')} */`).execute(db);
}
