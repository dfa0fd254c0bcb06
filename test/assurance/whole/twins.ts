/** Whether enforcement or immigration can notice, by any path, that a record exists in the safeguarding database: two worlds that differ in that record only must answer them equally. */

import { type Person, standings } from '../../access-oracle/people.ts';
import { withApplications } from '../../fixtures/server.ts';
import type { Effort, Row } from '../../harness/assurance.ts';
import { pick } from './alike-hidden.ts';
import { type Asked, askAll, listed, nothingFound } from './twins-answers.ts';
import { idsIn, logPages, pathsFor, routes } from './twins-paths.ts';
import { planted } from './twins-planted.ts';
import { type Lone, openTwins, sameLog, type Twins, tablesBehind, twinOf, without } from './twins-worlds.ts';

/** What a return counts (decisions 33 and 24): a figure that an analyst counts while one of these is gone is another figure, and nothing else is. */
const counted = new Set(['note_facts', 'referrals', 'disposed_referrals', 'submitted_nrm_referrals']);
const counting = '/staff/returns/operations/:id/count';

/** These roles read the log. Its order is made equal before they read it. */
const answering = new Set<string>(['auditor', 'data-protection lead']);
const readsLog = ({ member }: Person, route: string): boolean =>
  member.roles.some((role) => answering.has(role)) && logPages.test(route);

export const assureTwins = ({ seed, quick }: Effort): Promise<readonly Row[]> =>
  withApplications(2, async (applications) => {
    const [one, other] = applications;
    if (!one || !other) throw new Error('two applications are required');
    const twins = await openTwins(one, other);
    const people = enforcing(twins);
    const tables = tablesBehind();
    const lone = tables.flatMap((table) => oneOf(twins, table, seed));
    const empty = tables.filter((table) => !lone.some((one) => one.table === table));
    const all = [...oneOf(twins, 'persons', seed + 1).map((person): Lone => ({ ...person, whole: true })), ...lone];
    const chosen = quick ? [helped(twins), ...pick(all, 2, seed)] : all;
    const analyst = people
      .flat()
      .find(({ standing, member }) => standing === 'let in from its leader' && member.roles[0] === 'analyst');
    if (!analyst) throw new Error('nobody counts');
    const some = quick ? 20 : 40;
    const found = nothingFound();
    let known = 0;
    let written = 0;
    await sameLog(twins);
    for (const [index, record] of chosen.entries()) {
      const paths = pathsFor(twins, record);
      const of = (most: number, more: number) => pick(paths, most, seed + index + more);
      const [first, ...others] = turn(people, record, seed + index, quick ? 5 : (people[0]?.length ?? 0));
      if (!first) throw new Error('nobody enforces here');
      await without(twins, record, async (tables) => {
        const isCounted = tables.some((table) => counted.has(table));
        const lawful = ({ route }: Asked): boolean => isCounted && route === counting;
        const later: [Person, readonly Asked[]][] = [];
        const asks = (person: Person, asked: readonly Asked[]) => {
          later.push([person, asked.filter(({ route }) => readsLog(person, route))]);
          const now = asked.filter(({ route }) => !readsLog(person, route));
          return askAll(twins, person.member.name, twinOf(twins, person), now, found, lawful);
        };
        await asks(first, quick ? of(200, 0) : paths);
        for (const [more, person] of others.entries()) await asks(person, of(some, more + 1));
        for (const { operation } of [twins.world.cast.here, twins.world.cast.elsewhere])
          await asks(analyst, [{ method: 'POST', url: counting.replace(':id', operation.id), route: counting }]);
        const logged = await sameLog(twins);
        written += logged.rows;
        for (const row of isCounted ? logged.differing.filter((row) => !row.includes('return')) : logged.differing)
          found.differing.set(`the log, while a row of ${record.table} is gone`, row);
        for (const [person, asked] of later)
          await askAll(twins, person.member.name, twinOf(twins, person), asked, found, lawful, 1);
        await sameLog(twins);
      });
    }
    // Runs last: what support agencies see in one world only is then in the log, which auditors read.
    for (const record of chosen)
      known += Number(await without(twins, record, () => toldApart(twins, record, quick ? 2 : 6)));
    const missed = routes(one.app.offered).filter(({ url }) => !found.routes.has(url));
    const leaks = await planted(twins, lone, people.flat());
    const least = quick ? 500 : 2_000;
    return [
      {
        what: 'records behind the wall, one of each table and a person with every row that names her, each missing from one of two worlds that are else the same to the last row',
        figure: `${chosen.length} of ${tables.length + 1}${empty.length > 0 ? `; none in ${empty.join(', ')}` : ''}`,
        passed: empty.length === 0 && chosen.length > 2,
      },
      {
        what: `police, regional unit and immigration, whoever wrote the record aside: one role and standing in turn × every path the router offers, with its ids and words, and each other role × ${some} of them: pairs of answers, the same bytes and headers after ids and times (at least ${least}; paths not asked: ${quick ? 'most, in the short form' : missed.length}; aside, as was decided: the return drawn while a fact or a request for help is missing that returns count, decisions 33 and 24)`,
        figure: `${found.pairs} pairs on ${found.routes.size} paths, and ${written} rows that they left in the log of each world: ${found.differing.size} differ${listed(found)}; aside: ${[...found.crossing].join(', ') || 'none'}`,
        passed: found.pairs >= least && found.differing.size === 0 && (quick || missed.length === 0),
      },
      {
        what: `of those records, told apart by somebody who helps and asks in the same way (at least ${quick ? 1 : 25})`,
        figure: `${known}`,
        passed: known >= (quick ? 1 : 25),
      },
      {
        what: `leaks planted on purpose that the same asking notices (${leaks.map(({ name }) => name).join(', ')})`,
        figure: `${leaks.filter(({ noticed }) => noticed).length} of ${leaks.length}`,
        passed: leaks.length > 4 && leaks.every(({ noticed }) => noticed),
      },
    ];
  });

/** Everybody on that side: all of one standing after all of another, in one order of roles. */
const enforcing = ({ world }: Twins): readonly (readonly Person[])[] =>
  standings.map((standing) =>
    world.cast.people.filter((person) => person.standing === standing && person.side === 'enforcement'),
  );

/** This many people from an offset: every role once before any repeats, then with another standing. The author of a note reads it on either side (decision 33), so it is no secret to them. */
function turn(people: readonly (readonly Person[])[], { row }: Lone, from: number, many: number): Person[] {
  const wrote = new Set(Object.values(row));
  return Array.from({ length: many }, (_, at) => {
    const roles = people[0]?.length ?? 0;
    const place = from + at;
    for (let more = 0; ; more += 1) {
      const standing = (place * 5 + Math.floor(place / roles) + more) % people.length;
      const person = people[standing]?.[place % roles] as Person;
      if (!wrote.has(person.member.id)) return person;
    }
  });
}

const oneOf = ({ world }: Twins, table: string, seed: number): Lone[] =>
  pick(world.table('safeguarding', table).rows, 1, seed).map((row) => ({ table, row }));

/** A note by an author on the other side, so that the short form too has one that differs. */
function helped({ world }: Twins): Lone {
  const writers = new Set(world.cast.people.filter(({ side }) => side === 'help').map(({ member }) => member.id));
  const row = world.table('safeguarding', 'notes').rows.find(({ author_id }) => writers.has(author_id as never));
  if (!row) throw new Error('no member of a support agency wrote a note');
  return { table: 'notes', row };
}

/** Whether somebody on the other side finds it by the same asking: else a pair that is alike would prove nothing. */
async function toldApart(twins: Twins, record: Lone, most: number): Promise<boolean> {
  const { row } = record;
  const beside = twins.world.cast.people.filter(
    ({ side, standing, member, agency }) =>
      side === 'help' &&
      standing !== 'half signed in' &&
      [member.id, agency.id].some((id) => Object.values(row).includes(id)),
  );
  const helping = beside.length > 0 ? beside : twins.world.cast.people.filter(({ side }) => side === 'help');
  const paths = pathsFor(twins, record).filter(
    ({ method, url, route }) =>
      method === 'GET' &&
      route.startsWith('/staff/safeguarding') &&
      (!route.includes(':') || idsIn(record).some((id) => url.includes(id))),
  );
  const sure = helping.filter(({ member }) => member.roles.some((role) => leads.has(role)));
  const wrote = helping.filter(({ member }) => Object.values(row).includes(member.id));
  const near = (url: string): number => Number(!url.includes(record.row.id as string));
  const inOrder = paths.sort((one, other) => near(one.url) - near(other.url));
  for (const person of [...new Set([...wrote, ...sure, ...helping])].slice(0, most))
    for (let from = 0; from < inOrder.length; from += 32) {
      const found = nothingFound();
      await askAll(twins, '', twinOf(twins, person), inOrder.slice(from, from + 32), found);
      if (found.differing.size > 0) return true;
    }
  return false;
}
const leads = new Set<string>(['safeguarding lead', 'partner caseworker', 'data-protection lead', 'field']);
