/** A built server on a demonstration, with all that the acts of the week and the measurement need of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../../../src/platform/database/database.ts';
import { runningEmbedded, runningSuperuser } from '../../../../src/platform/embedded-postgres/embedded.ts';
import { demonstrationPasswordFile } from '../../../../src/platform/start.ts';
import { startServer, stop } from '../../../bench/processes.ts';
import { freePort } from '../../../harness/ports.ts';
import { signInAt } from './members.ts';
import { createNames } from './names.ts';
import type { Acts } from './played.ts';
import { openEveryPublicPage, type PublicSite, publicActs } from './public-acts.ts';
import { remoteApp } from './remote.ts';
import { openEveryPageOfAll, type StaffSite, staffActs } from './staff-acts.ts';
import type { Watched } from './watch.ts';

/** As `npm start` runs it: both sites and the background work in one process, which keeps the database. Only errors are logged. */
export const settingsOf = (folder: string): Readonly<Record<string, string>> => ({
  SAFELIGHT_DATA: folder,
  SAFELIGHT_MODE: 'demonstration',
  SAFELIGHT_LOG: 'error',
});

/** Those with most pages of their own: they are compiled after some use. */
const heavyActs = [
  'runs an operation',
  'publishes a release',
  'supports people',
  'triages reports',
  'adds photos',
] as const;

export type Trial = {
  readonly acts: Acts;
  /** Opens every kind of page once, of the public and of each member. */
  readonly warmUp: () => Promise<void>;
  readonly watched: Watched;
  /** Pages and forms that were answered, and those of them by an error of the server. */
  readonly answered: { pages: number; errors: number };
  readonly close: () => Promise<void>;
};

/** `folder`: the data of a demonstration; in an empty one it is made. */
export async function openTrial(
  kind: 'built' | 'unbuilt',
  folder: string,
  random: () => number,
  mostPremises: number,
): Promise<Trial> {
  const metrics = await freePort('127.0.0.1');
  const server = await startServer(kind, { ...settingsOf(folder), SAFELIGHT_METRICS: String(metrics) });
  const [addresses, superusers] = [runningEmbedded(folder), runningSuperuser(folder)];
  if (!addresses || !superusers) throw new Error('the server keeps no database in its folder');
  const db = openDatabase(superusers.main, { maxConnections: 1 });
  const safeguardingDb = openDatabase(superusers.safeguarding, { maxConnections: 1 });
  const superuser = new pg.Client({ connectionString: superusers.main });
  await superuser.connect();
  const answered = { pages: 0, errors: 0 };
  const app = remoteApp(server.url, (status) => {
    answered.pages += 1;
    answered.errors += Number(status >= 500);
  });
  const password = readFileSync(demonstrationPasswordFile({ dataFolder: folder }), 'utf8').trim();
  let number = 0;
  const site: PublicSite & StaffSite = {
    ...{ url: server.url, app, random, signIn: signInAt(app, password), addresses, db, safeguardingDb },
    ...{ mostPremises, receipts: [], visits: [], weeks: new Set() },
    name: createNames(random),
    phone: () => `07700 900${200 + (number++ % 800)}`,
  };
  const acts = Object.entries({ ...publicActs, ...staffActs }).map(([name, act]) => [name, () => act(site)]);
  return {
    acts: Object.fromEntries(acts) as Acts,
    warmUp: async () => {
      await Promise.all([openEveryPublicPage(site), openEveryPageOfAll(site)]);
      for (const act of heavyActs) for (let time = 0; time < 2; time += 1) await staffActs[act](site);
    },
    watched: {
      server: server.child.pid ?? 0,
      postmaster: Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
      metrics: `http://127.0.0.1:${metrics}/metrics`,
      superuser,
    },
    answered,
    close: async () => {
      await superuser.end();
      await Promise.all([db.destroy(), safeguardingDb.destroy()]);
      await stop(server.child);
    },
  };
}
