/** Whether enforcement or immigration can tell, by any path, that a record behind the wall is there: two worlds that differ in that record alone answer them the same. */
import { type Person, standings } from '../../src/testing/access/people.ts';
import { browsing } from '../../src/testing/house.ts';
import { withHouses } from '../../src/testing/server.ts';
import { roles } from '../../src/vocabulary/people.ts';
import type { Assured } from '../assurance.ts';
import { pick, together } from './alike-hidden.ts';
import { type Asked, alike, pathsFor, type Twin } from './twins-paths.ts';
import { type Lone, openTwins, type Twins, tablesBehind, without } from './twins-worlds.ts';

type Options = { readonly seed: number; readonly quick: boolean };
type Found = { pairs: number; readonly routes: Set<string>; readonly differing: Map<string, string> };

export const assureTwins = ({ seed, quick }: Options): Promise<readonly Assured[]> =>
  withHouses(2, async (houses) => {
    const [one, other] = houses;
    if (!one || !other) throw new Error('two houses were asked for');
    const twins = await openTwins(one, other);
    const people = enforcing(twins);
    const tables = tablesBehind();
    const lone = tables.flatMap((table) => oneOf(twins, table, seed));
    const empty = tables.filter((table) => !lone.some((one) => one.table === table));
    const each = quick ? 1 : 3;
    const found: Found = { pairs: 0, routes: new Set(), differing: new Map() };
    const chosen = quick ? pick(lone, 4, seed) : lone;
    for (const [index, record] of chosen.entries()) {
      const who = turn(people, index * each, each);
      await without(twins, record, () => askAll(twins, record, who, found));
    }
    const missed = one.app.offered.filter(({ url }) => !found.routes.has(url)).map(({ url }) => url);
    const planted = await noticed(twins, lone, people);
    return [
      {
        what: 'records behind the wall, one of each table, each missing from one of two worlds that are else the same',
        figure: `${chosen.length} of ${tables.length} tables${empty.length > 0 ? `; none in ${empty.join(', ')}` : ''}`,
        passed: empty.length === 0 && chosen.length > 3,
      },
      {
        what: `members of enforcement and immigration × every path the router offers: pairs of answers, the same bytes after ids and times (at least ${quick ? 500 : 2_000}; not asked: ${[...new Set(missed)].join(', ') || 'none'})`,
        figure: `${found.pairs} pairs on ${found.routes.size} paths by ${people.length} people, ${found.differing.size} differ${list(found.differing)}`,
        passed: found.pairs >= (quick ? 500 : 2_000) && found.differing.size === 0,
      },
      {
        what: 'leaks planted on purpose that the same asking notices: a count, a longer answer, another status',
        figure: `${planted.filter(Boolean).length} of ${planted.length}`,
        passed: planted.length === 3 && planted.every(Boolean),
      },
    ];
  });

const list = (differing: ReadonlyMap<string, string>): string =>
  [...differing]
    .slice(0, 20)
    .map(([where, who]) => `\n    ${where} (${who})`)
    .join('');

/** Everybody on that side who is wholly signed in, an auditor aside: she reads the log of both stores, and with it who did what there. Police, a regional unit and immigration are among them. */
const enforcing = ({ world }: Twins): readonly Person[] =>
  [...standings].flatMap((standing) =>
    world.cast.people.filter(
      ({ side, member, standing: hers }) =>
        hers === standing &&
        side === 'enforcement' &&
        standing !== 'half signed in' &&
        !member.roles.includes('auditor'),
    ),
  );

/** So many of them, from a place on, with steps that lead past all roles and all standings. */
const turn = (people: readonly Person[], from: number, many: number): Person[] =>
  Array.from({ length: many }, (_, at) => people[((from + at) * (roles.length + 9)) % people.length] as Person);

const oneOf = ({ world }: Twins, table: string, seed: number): Lone[] =>
  pick(world.table('safeguarding', table).rows, 1, seed).map((row) => ({ table, row }));

const twinOf = ({ houses: [one, other] }: Twins, { token }: Person): Twin => [
  browsing(one.app, token),
  browsing(other.app, token),
];

async function askAll(twins: Twins, record: Lone, people: readonly Person[], found: Found): Promise<void> {
  const paths = pathsFor(twins, record);
  for (const person of people) {
    const twin = twinOf(twins, person);
    for (const method of ['GET', 'POST'] as const)
      await together(
        paths.filter((path) => path.method === method),
        async (asked) => {
          found.pairs += 1;
          found.routes.add(asked.route);
          if (!(await alike(twin, asked, twins.ids)))
            found.differing.set(`${method} ${asked.route}, ${record.table}`, person.member.name);
        },
        12,
      );
  }
}

/** The same asking, of a world in which an answer says what it must not. */
async function noticed(twins: Twins, lone: readonly Lone[], people: readonly Person[]): Promise<boolean[]> {
  const [record] = lone.filter(({ table }) => table === 'notes');
  const [person] = people;
  if (!record || !person) throw new Error('there is a note, and somebody who may not know of it');
  const leaks: readonly ((answer: Answer, notes: number) => Answer)[] = [
    (answer, notes) => ({ ...answer, body: `${answer.body}<p>${notes} notes</p>` }) as Answer,
    (answer, notes) => ({ ...answer, body: answer.body + ' '.repeat(notes) }) as Answer,
    (answer, notes) => ({ ...answer, statusCode: notes % 2 === 0 ? 404 : 403 }) as Answer,
  ];
  const path: Asked = { method: 'GET', url: '/staff/visits', route: '/staff/visits' };
  return without(twins, record, async () => {
    const honest = await alike(twinOf(twins, person), path, twins.ids);
    const seen: boolean[] = [];
    for (const leak of leaks) {
      const leaky = twinOf(twins, person).map((who, at) => ({
        ...who,
        get: async (url: string) => {
          const { rows } = await countNotes(twins, at);
          return leak(await who.get(url), rows);
        },
      }));
      seen.push(honest && !(await alike(leaky as never as Twin, path, twins.ids)));
    }
    return seen;
  });
}

type Answer = Awaited<ReturnType<Twin[0]['get']>>;
const countNotes = async ({ houses }: Twins, at: number): Promise<{ rows: number }> => {
  const notes = await houses[at as 0 | 1].safeguardingDb.selectFrom('notes').select('id').execute();
  return { rows: notes.length };
};
