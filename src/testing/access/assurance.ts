/** The part of the assurance that proves access: what each person reaches by each way against what the statement says, and that every clause of every rule is held by such a cell. */
import type { Assured } from '../../../scripts/assurance.ts';
import { chance } from '../../returns/assurance.ts';
import { withHouse } from '../server.ts';
import { actorOf, doors, grantsOfStores, newTally, type Tally, tryGrants, tryPerson } from './cells.ts';
import { Oracle } from './oracle.ts';
import { openProbes } from './probe.ts';
import { openWorld, stores, type World, withoutExample } from './world.ts';

type Options = { readonly seed: number; readonly quick: boolean };

/** Some of them, by the seed: all where as many are asked for. */
export function pick<One>(from: readonly One[], most: number, seed: number): One[] {
  const random = chance(seed);
  const left = [...from];
  return Array.from(
    { length: Math.min(most, left.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0] as One,
  );
}

/** Each difference in a line, those that open too much first. */
export function lines(tally: Tally, kind: 'allow' | 'deny' | 'unclear'): string {
  const found = [...tally.wrong.values()].filter((one) => one.kind === kind);
  return [String(found.length), ...found.map(({ line, times }) => `\n    ${line} (${times})`)].join('');
}

export const assureAccess = ({ seed, quick }: Options): Promise<Assured[]> =>
  withHouse(async (house) => {
    const world = await openWorld(house);
    const missing = withoutExample(world);
    const tally = await tryBySql(world, quick ? 12 : 250, seed);
    return [
      {
        what: 'tables without an example',
        figure: [String(missing.length), ...missing].join('\n    '),
        passed: missing.length === 0,
      },
      {
        what: 'access cells by direct SQL',
        figure: `${tally.cells}, of ${tally.kinds.size} kinds (at least 6000)`,
        passed: tally.cells >= 6000,
      },
      { what: 'wrong allows', figure: lines(tally, 'allow'), passed: !lines(tally, 'allow').includes('\n') },
      { what: 'wrong denies', figure: lines(tally, 'deny'), passed: !lines(tally, 'deny').includes('\n') },
      {
        what: 'cells that could not be told',
        figure: lines(tally, 'unclear'),
        passed: !lines(tally, 'unclear').includes('\n'),
      },
    ];
  });

/** Every door with nobody signed in, and as many people as asked for at each. */
export async function tryBySql(world: World, most: number, seed: number): Promise<Tally> {
  const { house } = world;
  for (const store of stores)
    await openProbes(
      store === 'main' ? house.db : house.safeguardingDb,
      world.tables.filter((table) => table.store === store),
    );
  const oracle = new Oracle(world);
  const may = await grantsOfStores(world);
  const tally = newTally();
  for (const door of doors) tryGrants(oracle, door, world.tables, may(door), tally);
  const waiting = [undefined, ...pick(world.cast.people, most, seed)];
  const work = async () => {
    for (let more = true; more; ) {
      const person = waiting.shift();
      more = waiting.length > 0;
      const actor = person && (await actorOf(world, person));
      for (const door of doors) await tryPerson(world, oracle, door, person, actor, may(door), tally);
    }
  };
  await Promise.all([work(), work()]);
  return tally;
}
