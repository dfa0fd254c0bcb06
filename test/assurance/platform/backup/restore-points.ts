/** Backups taken while four people write into both databases: what was acknowledged before is there, once, and without a gap. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '../../../../src/platform/backup/cluster-facts.ts';
import { keyCopyFile, restoreBackup } from '../../../../src/platform/backup/index.ts';
import { databaseNames, openEmbedded, removeMovedData } from '../../../../src/platform/embedded-postgres/embedded.ts';
import { addHandover, backUp, type Installation, withSuperuser } from '../../../fixtures/backup.ts';
import { count, createProgress, type Row, row } from '../../../harness/assurance.ts';

const stores = ['main', 'safeguarding'] as const;
const writersOfEach = 2;

export type Acknowledged = {
  readonly store: (typeof stores)[number];
  readonly lane: number;
  readonly number: number;
  readonly at: number;
};

/** Each writer adds the next number when the last was confirmed. */
async function write(
  home: Installation,
  lane: number,
  store: Acknowledged['store'],
  ended: AbortSignal,
  kept: Acknowledged[],
  from: number,
): Promise<void> {
  await withSuperuser(home, store, async (client) => {
    for (let number = from; !ended.aborted; number++) {
      await client.query('insert into acknowledged values ($1, $2)', [lane, number]);
      kept.push({ store, lane, number, at: Date.now() });
      if (store === 'safeguarding' && number % 5 === 0) await addHandover(client, home.keys);
    }
  });
}

/** Four who write until they are stopped. */
export function startWriters(home: Installation, from: number) {
  const kept: Acknowledged[] = [];
  const ending = new AbortController();
  const writers = stores.flatMap((store) =>
    Array.from({ length: writersOfEach }, (_, lane) => write(home, lane, store, ending.signal, kept, from)),
  );
  const stop = async (): Promise<void> => {
    ending.abort();
    await Promise.all(writers);
  };
  return { kept, stop };
}

export async function makeNotebooks(home: Installation): Promise<void> {
  for (const store of stores)
    await withSuperuser(home, store, (client) =>
      client.query('create table acknowledged (lane integer, number integer, primary key (lane, number))'),
    );
}

export async function assureRestorePoints(home: Installation, many: number): Promise<readonly Row[]> {
  await makeNotebooks(home);
  const told = createProgress('restored points');
  const totals = { acknowledged: 0, lost: 0, gaps: 0 };
  for (let point = 0; point < many; point++) {
    const one = await tryPoint(home, point);
    totals.acknowledged += one.acknowledged;
    totals.lost += one.lost;
    totals.gaps += one.gaps;
    told(point + 1, many);
  }
  // No policy covers it, so a later migration of a restored database would refuse it.
  for (const store of stores) await withSuperuser(home, store, (client) => client.query('drop table acknowledged'));
  return [
    row(
      'acknowledged before the end of a backup, and not in what was restored',
      `${count(totals.lost)} of ${count(totals.acknowledged)} in ${many} backups taken while four wrote`,
      totals.lost === 0 && totals.acknowledged > many * 20,
    ),
    row('numbers missing below one that was restored', count(totals.gaps), totals.gaps === 0),
  ];
}

async function tryPoint(home: Installation, point: number) {
  const from = point * 1_000_000;
  const { kept, stop } = startWriters(home, from);
  const taken = await backUp(home, { folder: 'points' });
  await stop();
  const to = join(home.root, 'point');
  await restoreBackup({
    backup: taken.path,
    identities: home.identities,
    keyCopy: join(home.root, 'halves', keyCopyFile),
    to,
    target: 'embedded',
    sync: false,
  });
  const restored = await readRestored(to, from);
  rmSync(to, { recursive: true });
  rmSync(taken.path, { recursive: true });
  return compareRestored(kept, new Date(taken.manifest.holdsUntil), restored, from);
}

type Written = Omit<Acknowledged, 'at'>;

/** What was acknowledged before a moment, and how much of it is not in what was restored. */
export function compareRestored(
  kept: readonly Acknowledged[],
  until: Date,
  restored: readonly Written[],
  from: number,
) {
  const before = kept.filter(({ at }) => at < until.getTime());
  const there = new Set(restored.map(({ store, lane, number }) => `${store} ${lane} ${number}`));
  const highest = new Map<string, number>();
  for (const { store, lane, number } of restored)
    highest.set(`${store} ${lane}`, Math.max(number, highest.get(`${store} ${lane}`) ?? 0));
  const wanted = [...highest.values()].reduce((all, top) => all + top - from + 1, 0);
  return {
    acknowledged: before.length,
    lost: before.filter(({ store, lane, number }) => !there.has(`${store} ${lane} ${number}`)).length,
    gaps: wanted - there.size,
  };
}

export async function readRestored(to: string, from: number): Promise<Written[]> {
  const embedded = await openEmbedded(to, { fsync: false, tell: () => {} });
  try {
    const all = [];
    for (const store of stores)
      all.push(
        ...(await withConnection(embedded.superuserAddress(databaseNames[store]), async (client) =>
          (
            await client.query<{ lane: number; number: number }>(
              'select lane, number from acknowledged where number >= $1',
              [from],
            )
          ).rows.map((found) => ({ store, ...found })),
        )),
      );
    return all;
  } finally {
    await embedded.stop();
    removeMovedData(to);
  }
}
