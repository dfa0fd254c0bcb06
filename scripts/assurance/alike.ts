/** Whether an id that is hidden can be told from one that never was: by status, by bytes, by time; on every path that takes an id, in forms that name another's record, in lists and counts beside hidden rows. */
import type { LightMyRequestResponse } from 'fastify';
import { written } from '../../src/archive/examples.ts';
import { addPlannedVisit, addPremises } from '../../src/operations/examples.ts';
import { crawl } from '../../src/testing/crawl.ts';
import type { Visitor } from '../../src/testing/house.ts';
import { addMet, addVisit } from '../../src/visits/examples.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { roles } from '../../src/vocabulary/people.ts';
import type { Assured } from '../assurance.ts';
import { sameSource } from './kolmogorov.ts';
import { chance, formsIn, inWorld, type World } from './world.ts';

const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What differs by nature: the form's token, the id that a new record will bear, and the id that was asked for, where a page gives it back. */
const plain = ({ statusCode, body, headers }: LightMyRequestResponse, asked: string): string =>
  [statusCode, String(headers.location ?? ''), body]
    .join('\n')
    .replaceAll(/name="_csrf" value="[^"]*"/g, '')
    .replaceAll(/name="id" value="[^"]*"/g, '')
    .replaceAll(asked, 'ASKED');

type Way = {
  readonly method: 'GET' | 'POST';
  readonly name: string;
  readonly url: string;
  readonly who: Visitor;
  readonly status: number;
};

export function assureAlike({
  seed,
  quick,
}: {
  readonly seed: number;
  readonly quick: boolean;
}): Promise<readonly Assured[]> {
  return inWorld(async (world) => {
    await (await world.as('press')).post('/staff/archive/import', { text: written(), fileName: '' });
    const strangers = await outsiders(world);
    const { ways, missed, offered } = await hiddenWays(world, strangers);
    const differing: string[] = [];
    for (const way of ways) {
      const absent = way.url.replace(id, () => newId());
      const [hidden, never] = [await ask(way, way.url), await ask(way, absent)];
      if (plain(hidden, way.url) !== plain(never, absent))
        differing.push(`${way.name} ${hidden.statusCode}/${never.statusCode}`);
    }
    const fields = await namingFields(world, strangers);
    const lists = await listsBesideHidden(world, strangers);
    const timed = await timeAll(
      pick(
        ways.filter(({ status }) => status === 404),
        quick ? 8 : 16,
        seed,
      ),
      { tries: quick ? 100 : 2_000, seed },
    );
    const bound = 0.05 / timed.length;
    const least = timed.reduce((one, other) => (other.p < one.p ? other : one));
    return [
      {
        what: `paths with an id: hidden and absent answer in the same status and bytes (${offered} offered with an id, ${missed.length} not tried${missed.length ? `: ${missed.join(', ')}` : ''})`,
        figure: `${ways.length} tried, ${differing.length} differ${differing.length ? `: ${differing.slice(0, 5).join('; ')}` : ''}`,
        passed: differing.length === 0 && ways.length > 50 && missed.length === 0,
      },
      {
        what: 'fields of forms that name another record: hidden and absent answer alike',
        figure: `${fields.tried} tried, ${fields.differing.length} differ${fields.differing.length ? `: ${fields.differing.slice(0, 5).join('; ')}` : ''}`,
        passed: fields.differing.length === 0 && fields.tried > 0,
      },
      {
        what: 'lists, searches, counts and filters of who may not see: the same bytes before and after hidden rows are added',
        figure: `${lists.tried} pages, ${lists.differing.length} differ${lists.differing.length ? `: ${lists.differing.join('; ')}` : ''}`,
        passed: lists.differing.length === 0 && lists.tried > 10,
      },
      {
        what: `time of hidden beside absent, ${quick ? '100 tries each (quick), ' : '2,000 tries each, '}mixed at random, none left out; Kolmogorov-Smirnov, p above 0.05 divided by the number of paths (Bonferroni)`,
        figure: `${timed.length} paths, least p ${least.p.toFixed(4)} (${least.name}), bound ${bound.toFixed(5)}, ${timed.filter(({ p }) => p < 0.05).length} below 0.05 uncorrected`,
        passed: least.p > bound,
      },
    ];
  });
}

const ask = ({ method, who }: Pick<Way, 'method' | 'who'>, url: string): Promise<LightMyRequestResponse> =>
  method === 'GET' ? who.get(url) : who.post(url, {});

/** Two who hold every role, one on each side, at agencies that take part in nothing: no rule about roles stops them, so that every refusal is about the row. */
async function outsiders(world: World): Promise<Visitor[]> {
  const found: Visitor[] = [];
  for (const kind of ['police force', 'council'] as const) {
    const agency = await world.agency(kind, { name: `Outside ${kind}` });
    found.push(await world.signIn(await world.member(agency, roles)));
  }
  return found;
}

/** Every route that takes an id, with an id that is really there and that one of the outsiders may not see. */
async function hiddenWays(world: World, strangers: readonly Visitor[]) {
  const ids = await realIds(world);
  const routes = world.app.offered.filter(
    ({ method, url }) =>
      ['GET', 'POST'].includes(method) && url.startsWith('/staff') && /:(id|encounterId)\b/.test(url),
  );
  const ways: Way[] = [];
  const missed: string[] = [];
  for (const { method, url } of routes) {
    const concrete = addressOf(url, ids);
    let seen = false;
    let forbidden: Way | undefined;
    let way: Way | undefined;
    for (const who of strangers) {
      if (!concrete) break;
      const tried: Omit<Way, 'status'> = {
        method: method as Way['method'],
        name: `${method} ${url}`,
        url: concrete,
        who,
      };
      const { statusCode } = await ask(tried, concrete);
      if (statusCode === 404) way ??= { ...tried, status: 404 };
      else if (url.startsWith('/staff/weeks/'))
        seen = true; // Open to every member: nothing is hidden there.
      else if (statusCode === 403) forbidden ??= { ...tried, status: 403 };
      else seen = true;
    }
    way ??= forbidden;
    if (way) ways.push(way);
    else if (!seen) missed.push(`${method} ${url}`);
  }
  return { ways, missed, offered: routes.length };
}

/** The table that the first id of an address names. */
const tableOf: Readonly<Record<string, string>> = {
  operations: 'operations',
  premises: 'premises',
  teams: 'teams',
  briefings: 'briefings',
  visits: 'visits',
  encounters: 'encounters',
  observations: 'observations',
  arrests: 'arrests',
  seizures: 'seizures',
  notes: 'notes',
  referrals: 'referrals',
  returns: 'returns',
  releases: 'releases',
  weeks: 'weeks',
  archive: 'cuttings',
  accounts: 'members',
  history: 'cuttings',
};

async function realIds({ db, safeguardingDb }: World): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const table of new Set(Object.values(tableOf))) {
    const from = table === 'notes' || table === 'referrals' ? safeguardingDb : db;
    const row = await from.selectFrom(table).select('id').limit(1).executeTakeFirst();
    if (row) found.set(table, row.id as string);
  }
  return found;
}

/** An address of the route about a record that is there; what follows the first id is made up, since nobody who may not see the first learns of the second. */
function addressOf(route: string, ids: ReadonlyMap<string, string>): string | undefined {
  const parts = route.split('/');
  const at = parts.findIndex((part) => part.startsWith(':'));
  const record = ids.get(tableOf[parts[at - 1] ?? ''] ?? '');
  if (!record) return undefined;
  const rest: Readonly<Record<string, string>> = {
    ':edition': '1',
    ':revision': '1',
    ':number': '0',
    ':indicator': 'visits.made',
    ':step': 'granted',
  };
  return parts
    .map((part, index) => (index === at ? record : part.startsWith(':') ? (rest[part] ?? newId()) : part))
    .join('/');
}

/** Fields that hold an id in the forms of those who are in: with an id of somebody else's record, and with one of none. */
async function namingFields(world: World, strangers: readonly Visitor[]) {
  const differing: string[] = [];
  let tried = 0;
  // Weeks and members are shown to everybody who is in.
  const hidden = [...(await realIds(world))]
    .filter(([table]) => !['weeks', 'members'].includes(table))
    .map(([, one]) => one);
  for (const [name, address] of [
    ['week', '/staff/operations/new?week='],
    ['parent', '/staff/weeks/new?parent='],
    ['visit', '/staff/safeguarding?visit='],
  ] as const) {
    for (const who of strangers)
      for (const one of hidden) {
        const never = newId();
        tried += 1;
        if (plain(await who.get(address + one), one) !== plain(await who.get(address + never), never))
          differing.push(`?${name}=`);
      }
  }
  const seen = new Set<string>();
  for (const key of ['planner', 'officer', 'adviser', 'lead', 'press', 'analyst'] as const) {
    const who = await world.as(key as never).catch(() => undefined);
    if (!who) continue;
    const { pages } = await crawl(who.get, '/staff');
    for (const [shape, url] of pages) {
      for (const { to, html, names } of formsIn((await who.get(url)).body, url)) {
        for (const [, named = ''] of html.matchAll(/name="([^"]+)"[^>]*value="[0-9a-f-]{36}"/g)) {
          if (named === 'id' || seen.has(`${shape} ${named}`)) continue;
          seen.add(`${shape} ${named}`);
          for (const one of hidden) {
            const never = newId();
            const filled = (value: string) =>
              Object.fromEntries(names.map((field) => [field, field === named ? value : '']));
            tried += 1;
            if (plain(await who.post(to, filled(one)), one) !== plain(await who.post(to, filled(never)), never))
              differing.push(`${shape} ${named}`);
          }
        }
      }
    }
  }
  return { tried, differing: [...new Set(differing)] };
}

/** What an outsider is shown before and after others have recorded more. */
async function listsBesideHidden(world: World, strangers: readonly Visitor[]) {
  const lists = world.app.offered
    .filter(({ method, url }) => method === 'GET' && url.startsWith('/staff') && !url.includes(':'))
    .map(({ url }) => url);
  const shown = async () => {
    const found = new Map<string, string>();
    for (const [index, who] of strangers.entries())
      for (const url of lists)
        for (const query of ['', '?page=2', '?q=a'])
          found.set(`${index} ${url}${query}`, plain(await who.get(url + query), 'nothing'));
    return found;
  };
  const before = await shown();
  const { db, mainOperation } = world;
  const operation = { id: (await mainOperation()) as never };
  const team = await db
    .selectFrom('teams')
    .selectAll()
    .where('operationId', '=', operation.id)
    .executeTakeFirstOrThrow();
  const by = await db.selectFrom('members').select('id').executeTakeFirstOrThrow();
  for (let more = 0; more < 3; more += 1) {
    const premises = await addPremises(db, operation, { name: `Hidden ${more}` });
    const planned = await addPlannedVisit(db, premises, { id: team.id });
    await addMet(db, await addVisit(db, planned, by as never), by as never);
  }
  const after = await shown();
  return {
    tried: before.size,
    differing: [...before].filter(([key, was]) => after.get(key) !== was).map(([key]) => key),
  };
}

const pick = <One>(from: readonly One[], most: number, seed: number): One[] => {
  const random = chance(seed);
  return from
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, most)
    .map(({ one }) => one);
};

/** All paths at once, since most of the time is waiting for the beat; on each, hidden and absent in pairs whose order a coin decides, after a warm-up. */
async function timeAll(ways: readonly Way[], { tries, seed }: { readonly tries: number; readonly seed: number }) {
  const found: { readonly name: string; readonly p: number }[] = [];
  const tryOne = async (way: Way, index: number): Promise<void> => {
    const random = chance(seed + index);
    const absent = way.url.replace(id, () => newId());
    const times = { hidden: [] as number[], absent: [] as number[] };
    for (let warm = 0; warm < 10; warm += 1) await ask(way, warm % 2 ? way.url : absent);
    while (times.hidden.length < tries) {
      for (const which of random() < 0.5 ? (['hidden', 'absent'] as const) : (['absent', 'hidden'] as const)) {
        const began = performance.now();
        await ask(way, which === 'hidden' ? way.url : absent);
        times[which].push(performance.now() - began);
      }
    }
    found.push({ name: way.name, p: sameSource(times.hidden, times.absent) });
  };
  await Promise.all(ways.map(tryOne));
  return found;
}
