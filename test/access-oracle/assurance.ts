/** The part of the assurance that proves access: what each person reaches by each way against what the statement says, and that every clause of every rule is held by such a cell. */

import { availableParallelism } from 'node:os';
import { access } from '../../src/app.ts';
import { withApplication, withApplications } from '../fixtures/server.ts';
import { chance, type Effort, inLanes, mixed, type Row, row } from '../harness/assurance.ts';
import { poolerPath } from '../harness/pooler.ts';
import { actorOf, doors, grantsOfStores, newTally, type Tally, tryGrants, tryPerson } from './cells.ts';
import { guardMutants, judgeGuardMutant } from './guard-mutation.ts';
import { interleave } from './interleaved.ts';
import { policyMutants } from './mutants.ts';
import { Oracle, storeOf } from './oracle.ts';
import { newPathTally, type Path, type PathTally, paths, walkPaths } from './paths.ts';
import { PolicyMutation } from './policy-mutation.ts';
import { openBeside, openProbes } from './probe.ts';
import { openWorld, readWorld, stores, type World, withoutExample } from './world.ts';

/** Some of them, by the seed: all where as many are asked for. */
export const pick = <One>(from: readonly One[], most: number, seed: number): One[] =>
  mixed(from, chance(seed)).slice(0, most);

/** Each difference in a line, those that open too much first. */
export function lines(tally: Tally, kind: 'allow' | 'deny' | 'unclear'): string {
  const found = [...tally.wrong.values()].filter((one) => one.kind === kind);
  return [String(found.length), ...found.map(({ line, times }) => `\n    ${line} (${times})`)].join('');
}

export const assureAccess = ({ seed, quick }: Effort): Promise<Row[]> =>
  withApplication(async (application) => {
    const begun = await openWorld(application);
    const missing = withoutExample(begun);
    // Before the probes: with triggers off the app is not itself. It opens sessions and writes its log.
    const walked = await tryByPaths(begun, quick ? 10 : 120, seed);
    // What was refused too often to be written out becomes a row a minute later: here at once.
    await application.app.refusals.close();
    const world = await readWorld(application, begun.cast);
    const tally = await tryBySql(world, quick ? 6 : 250, seed);
    return [
      row('tables without an example', [String(missing.length), ...missing].join('\n    '), missing.length === 0),
      row(
        'access cells by direct SQL',
        `${tally.cells}, of ${tally.kinds.size} kinds (at least 6000)`,
        tally.cells >= 6000,
      ),
      row('wrong allows', lines(tally, 'allow'), !lines(tally, 'allow').includes('\n')),
      row('wrong denies', lines(tally, 'deny'), !lines(tally, 'deny').includes('\n')),
      row('cells that could not be told', lines(tally, 'unclear'), !lines(tally, 'unclear').includes('\n')),
      ...paths.flatMap((path) => told(path, walked[path])),
    ];
  });

function told(path: Path, { cells, kinds, allows, denies }: PathTally[Path]): Row[] {
  const named = (found: ReadonlySet<string>) => [String(found.size), ...found].join('\n    ');
  return [
    row(`access cells by ${path}`, `${cells}, of ${kinds.size} kinds`, cells > 0),
    row(`wrong allows by ${path}`, named(allows), allows.size === 0),
    row(`wrong denies by ${path}`, named(denies), denies.size === 0),
  ];
}

/** As many people as asked for, at some records of each kind and at every list. */
export async function tryByPaths(world: World, most: number, seed: number): Promise<PathTally> {
  const oracle = new Oracle(world);
  const tally = newPathTally();
  for (const [index, person] of pick(world.cast.people, most, seed).entries())
    await walkPaths(
      world,
      oracle,
      person,
      ({ door, table }) => pick(world.table(storeOf(door), table).rows, 2, seed + index),
      tally,
    );
  return tally;
}

/** Every process, without a member and with the given number of members. */
export async function tryBySql(world: World, most: number, seed: number): Promise<Tally> {
  await openStores(world, openProbes);
  const oracle = new Oracle(world);
  const may = await grantsOfStores(world);
  const tally = newTally();
  for (const door of doors) tryGrants(oracle, door, world.tables, may(door), tally);
  await inLanes(2, [undefined, ...pick(world.cast.people, most, seed)], async (person) => {
    const actor = person && (await actorOf(world, person));
    for (const door of doors) await tryPerson(world, oracle, door, person, actor, may(door), tally);
  });
  return tally;
}

/** As many applications as can work at once: a mutant locks the tables that it changes. */
const applicationsAtOnce = Math.min(4, Math.max(2, availableParallelism()));

/** Each clause of the policy wrong in turn: somebody must notice. */
export const assurePolicyMutants = ({ seed, quick }: Effort): Promise<Row[]> =>
  withApplications(applicationsAtOnce, async (applications) => {
    const worlds = await Promise.all(applications.map(openWorld));
    const mutations: PolicyMutation[] = [];
    for (const world of worlds) {
      await openStores(world, openProbes);
      await openStores(world, openBeside);
      const people = pick(world.cast.people, world.cast.people.length, seed);
      mutations.push(await PolicyMutation.open(world, access.policy, people));
    }
    const mutants = policyMutants(access.policy, (store, table) => (worlds[0] as World).table(store, table).columns);
    const tried = pick(mutants, quick ? 200 : mutants.length, seed);
    // By class: what is asked of one mutant is asked of the next.
    const judged = await shared(
      [...Map.groupBy(tried, ({ of }) => of).values()].sort((one, other) => other.length - one.length),
      mutations,
      async (mutation, several) => {
        const found = [];
        for (const one of several) found.push(await mutation.judge(one));
        return found;
      },
    );
    const real = judged.flat().filter((one) => one !== undefined);
    const unnoticed = real.filter(({ noticed }) => noticed === undefined);
    const walls = quick ? [] : (mutations[0] as PolicyMutation).walls();
    const leaning = (await shared(walls, mutations, (mutation, wall) => mutation.leans(wall))).filter(
      (one) => one !== undefined,
    );
    const guard = [];
    for (const one of guardMutants())
      guard.push({ name: one.name, noticed: await judgeGuardMutant(one, access.policy) });
    const deaf = guard.filter(({ noticed }) => noticed === undefined);
    return [
      row(
        'mutants of the policy that a cell notices',
        [
          `${real.length - unnoticed.length} of ${real.length}${quick ? ` (a sample of ${mutants.length})` : ''}`,
          ...unnoticed.map(({ mutant }) => `redundant clause, or a cell is missing: ${mutant}`),
        ].join('\n    '),
        real.length > 0 && unnoticed.length === 0,
      ),
      row(
        'mutants of the guard that a cell notices',
        [`${guard.length - deaf.length} of ${guard.length}`, ...deaf.map(({ name }) => name)].join('\n    '),
        deaf.length === 0,
      ),
      ...(quick
        ? []
        : [
            row(
              'walls that hold by themselves, every other table open',
              [`${walls.length - leaning.length} of ${walls.length}`, ...leaning].join('\n    '),
              walls.length > 0 && leaning.length === 0,
            ),
          ]),
    ];
  });

async function openStores(world: World, open: typeof openProbes): Promise<void> {
  for (const store of stores)
    await open(
      store === 'main' ? world.application.db : world.application.safeguardingDb,
      world.tables.filter((table) => table.store === store),
    );
}

/** Shares the work: each worker takes the next piece when one is done. */
async function shared<Work, Worker, Done>(
  work: readonly Work[],
  workers: readonly Worker[],
  does: (worker: Worker, work: Work) => Promise<Done>,
): Promise<Done[]> {
  const waiting = [...work];
  const done: Done[] = [];
  const labour = async (worker: Worker) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) done.push(await does(worker, next));
  };
  await Promise.all(workers.map(labour));
  return done;
}

/** Straight to the server, and behind a pooler where there is one; SAFELIGHT_POOLER_REQUIRED says that there must be. */
export async function assureInterleaved({ seed, quick }: Effort): Promise<Row[]> {
  const counts = quick ? { direct: 540, pages: 60 } : { direct: 9_000, pages: 1_000 };
  const found: Row[] = [];
  for (const pooled of [false, true]) {
    const where = pooled ? 'behind PgBouncer in transaction mode' : 'straight to the server';
    if (pooled && !poolerPath()) {
      const needed = process.env.SAFELIGHT_POOLER_REQUIRED !== undefined;
      found.push(row(`interleaved requests ${where}`, 'not tried: there is no pgbouncer here', !needed));
      continue;
    }
    const { requests, aborted, wrong, unclean } = await withApplication(
      async (application) => interleave(await openWorld(application), seed, counts),
      { pooled, environment: { SAFELIGHT_LOG: 'silent' } },
    );
    found.push(
      row(
        `foreign or missing rows ${where}`,
        [`${wrong.length} in ${requests} requests over 10 connections, ${aborted} torn off`, ...wrong].join('\n    '),
        wrong.length === 0 && aborted > requests / 10,
      ),
      row(
        `connections left unclean ${where}`,
        [String(unclean.length), ...unclean].join('\n    '),
        unclean.length === 0,
      ),
    );
  }
  return found;
}
