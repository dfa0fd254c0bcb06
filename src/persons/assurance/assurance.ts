/** `people`: somebody who is typed another time, otherwise, is found among very many; by the house's own page, through row policies, with each who is shown written down. */
import { sql } from 'kysely';
import { addOperation, letIn } from '../../operations/examples.ts';
import type { Member } from '../../partnership/index.ts';
import { chance as seeded } from '../../returns/assurance.ts';
import type { TestHouse, Visitor } from '../../testing/house.ts';
import { withHouse } from '../../testing/server.ts';
import { fill, type Placed, type Planted } from './fill.ts';
import { type Chance, one } from './invented.ts';
import { typedAgain, ways } from './slips.ts';

type Row = { readonly what: string; readonly figure: string; readonly passed: boolean };
type Tried = { readonly way: string; readonly found: boolean; readonly ms: number };

const home = '/staff/safeguarding/persons';
const count = (many: number): string => many.toLocaleString('en-GB');

export const assurePeople = ({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> =>
  withHouse(async (house) => {
    const [first, all, tries] = quick ? [2_000, 20_000, 200] : [100_000, 1_000_000, 1_000];
    const chance = seeded(seed);
    const { reader, place } = await cast(house, chance);
    let planted: readonly Planted[] = [];
    const at: {
      readonly people: number;
      readonly tried: readonly Tried[];
      readonly logged: number;
      readonly filled: number;
    }[] = [];
    for (const people of [first, all]) {
      const began = performance.now();
      planted = planted.concat(await fill(house, chance, people - (at[0]?.people ?? 0), place));
      const filled = (performance.now() - began) / 1_000;
      await house.safeguardingDb.connection().execute(async (held) => {
        await sql`set statement_timeout = 0`.execute(held);
        await sql`vacuum analyze persons, person_marks`.execute(held);
      });
      const before = await looksAt(house);
      const tried = await ask(reader, chance, planted, tries);
      at.push({ people, tried, logged: (await looksAt(house)) - before, filled });
    }
    return rowsOf(at, tries, quick);
  });

/** Twenty agencies on help's side, ten operations; who searches keeps a fifth of the people, and sees those of two operations. */
export async function cast(house: TestHouse, chance: Chance) {
  const { agency, member, db } = house;
  const force = await agency('police force');
  const planner = await member(force, ['planner']);
  const operations: Awaited<ReturnType<typeof addOperation>>[] = [];
  for (let number = 0; number < 10; number += 1) operations.push(await addOperation(db, force, planner));
  const keepers: Member[] = [];
  for (let number = 0; number < 20; number += 1)
    keepers.push(await member(await agency('voluntary', { name: `Helpers ${number}` }), ['safeguarding lead']));
  const [own] = keepers as [Member];
  const open = operations.slice(0, 2);
  for (const operation of open) await letIn(db, operation, own);
  const place = (): Placed & { seen: boolean } => {
    const by = chance() < 0.2 ? own : one(chance, keepers);
    const operation = chance() < 0.3 ? one(chance, operations) : undefined;
    const seen = by === own || (operation !== undefined && open.includes(operation));
    return { agencyId: by.agencyId, authorId: by.id, operationId: operation?.id ?? null, seen };
  };
  return { reader: await house.signIn(own), place, own };
}

/** How many answers of the search are written down. */
async function looksAt({ safeguardingDb }: TestHouse): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct request_id) as count from access_log
    where event = 'people.searched'`.execute(safeguardingDb);
  return rows[0]?.count ?? 0;
}

async function ask(reader: Visitor, chance: Chance, planted: readonly Planted[], tries: number): Promise<Tried[]> {
  for (let warm = 0; warm < 30; warm += 1) {
    const { name, year } = typedAgain(chance, one(chance, planted).person);
    await reader.post(home, { name, year });
  }
  const tried: Tried[] = [];
  for (let number = 0; number < tries; number += 1) {
    const { id, person } = one(chance, planted);
    const { way, name, year } = typedAgain(chance, person);
    const began = performance.now();
    const { body } = await reader.post(home, { name, year });
    const found = body.includes(`${home}/${id}`);
    tried.push({ way, found, ms: performance.now() - began });
  }
  return tried;
}

const quantile = (tried: readonly Tried[], part: number): number => {
  const sorted = tried.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};
const share = (tried: readonly Tried[]): number => tried.filter(({ found }) => found).length / tried.length;

function rowsOf(
  at: readonly { people: number; tried: readonly Tried[]; logged: number; filled: number }[],
  tries: number,
  quick: boolean,
): Row[] {
  const [small, large] = at as [(typeof at)[number], (typeof at)[number]];
  const p95 = quantile(large.tried, 0.95);
  const growth = p95 / quantile(small.tried, 0.95);
  const byWay = ways
    .map((way) => `${way} ${share(large.tried.filter((one) => one.way === way)).toFixed(3)}`)
    .join(', ');
  const recall = share(large.tried);
  // A short run beside others tells nothing of time.
  const notJudged = quick ? '; not judged in the short form' : '';
  return [
    {
      what: `the person meant is among the first ten, ${count(tries)} tries among ${count(large.people)} people (at least 0.95)`,
      figure: `${recall.toFixed(3)} (among ${count(small.people)}: ${share(small.tried).toFixed(3)}); ${byWay}`,
      passed: recall >= 0.95,
    },
    {
      what: `a search by the page, with row policies, opening, ranking and the log (p95 at most 100 ms, aim 20${notJudged})`,
      figure: `p50 ${quantile(large.tried, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, slowest ${quantile(large.tried, 1).toFixed(0)} ms; filled in ${(small.filled + large.filled).toFixed(0)} s`,
      passed: quick || p95 <= 100,
    },
    {
      what: `growth of p95 from ${count(small.people)} to ${count(large.people)} (at most 2 ×, aim 1.5${notJudged})`,
      figure: `${growth.toFixed(2)} ×, from ${quantile(small.tried, 0.95).toFixed(1)} ms`,
      passed: quick || growth <= 2,
    },
    {
      what: 'answers that were written down (every one)',
      figure: at.map(({ logged }) => `${count(logged)} of ${count(tries + 30)}`).join(', '),
      passed: at.every(({ logged }) => logged === tries + 30),
    },
  ];
}
