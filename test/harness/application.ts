/** Opens the whole application for a test: real databases from a template, the app, a clock that does not move. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { access, areas, databaseDefinition, openApp } from '../../src/app.ts';
import { instantAt, stoppedClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { UnitKeys } from '../../src/platform/crypto/crypto.ts';
import { Databases, openDatabase } from '../../src/platform/database/database.ts';
import type { Patience } from '../../src/platform/http/patience.ts';
import { Metrics } from '../../src/platform/metrics/metrics.ts';
import { openAssets } from '../../src/platform/rendering/assets.ts';
import { noteStatement, type Traces } from '../../src/platform/traces/traces.ts';
import { openTestDatabases, type Seed, type TestScope } from './database.ts';
import { testKeys } from './keys.ts';

export type LoggedRefusal = {
  readonly event: string;
  readonly action: string;
  readonly memberId: string | null;
  readonly subject: string | null;
  readonly reason: string | null;
};

export type ApplicationOptions = {
  readonly today?: string;
  readonly time?: string;
  readonly environment?: Record<string, string>;
  /** Answers leave when they leave for users. Otherwise the waits that hide timing last a millisecond. */
  readonly realTiming?: boolean;
  /** How long pages wait for the database; otherwise long enough for a busy machine. */
  readonly patience?: Patience;
  /** Of another instance than that of all tests. */
  readonly keys?: UnitKeys;
  /** Where the spans of the application go. */
  readonly traces?: Traces;
  /** Fills the template that the databases are copied from, once a run. */
  readonly seed?: Seed;
};

const longPatience: Patience = { total: 60_000, least: 60_000 };

/** Queries that the count leaves out: use of the session, what was set of the public site, and the beginnings and ends of transactions. */
const uncounted = /ctx\.sessions_seen|ctx\.published_settings|^(start|begin|commit|rollback)/;

/** For tests of areas below the application. */
export { access, areas, databaseDefinition as application, openApp };

export async function openBareApplication(
  t: TestScope,
  {
    today = '2026-09-18',
    time = '12:00',
    environment = {},
    realTiming = false,
    seed,
    patience = longPatience,
    traces,
    keys: unitKeys = testKeys,
  }: ApplicationOptions = {},
) {
  const { addresses, superuser, beforeDropping } = await openTestDatabases(t, databaseDefinition, seed ? { seed } : {});
  let queries = 0;
  const named = new Set<string>();
  const databases = new Databases(addresses, {
    maxConnections: 10,
    onQuery: (text, milliseconds, error) => {
      noteStatement(text, milliseconds, error);
      queries += Number(!uncounted.test(text));
      for (const [, table = ''] of text.matchAll(/\b(?:from|join) "?([a-z_]+)"?/g)) named.add(table);
    },
  });
  const [db, safeguardingDb] = [
    openDatabase(superuser.main, { maxConnections: 3 }),
    openDatabase(superuser.safeguarding, { maxConnections: 2 }),
  ];
  const clock = stoppedClock(instantAt(today, time));
  const files = join(tmpdir(), `safelight-files-${randomUUID()}`);
  const config = readConfig({
    SAFELIGHT_FILES: files,
    SAFELIGHT_KEY_HALVES: join(files, 'key-halves'),
    SAFELIGHT_LOG: process.env.SAFELIGHT_LOG ?? 'error',
    SAFELIGHT_MODE: 'demonstration',
    ...environment,
  });
  const keys = unitKeys.withHalvesIn(config.keyHalvesFolder);
  const metrics = new Metrics({ version: 'test', clock, databases });
  const app = await openApp({
    config,
    databases,
    keys,
    clock,
    assets: await openAssets(),
    metrics,
    traces,
    patience,
    ...(realTiming ? {} : { timing: { notFound: 1, padded: 1 } }),
  });
  beforeDropping(async () => {
    await app.close();
    metrics.close();
    await databases.close();
    await Promise.all([db.destroy(), safeguardingDb.destroy()]);
    await rm(files, { recursive: true, force: true });
  });

  return {
    app,
    /** What the app counted of its requests. */
    metrics,
    /** Its files lie in a folder, unless the environment of the test names a bucket: that is `filesPlace`. */
    config: { ...config, filesFolder: typeof config.filesFolder === 'string' ? config.filesFolder : files },
    filesPlace: config.filesFolder,
    databases,
    /** Of the same databases, for a process of its own. */
    addresses,
    keys,
    clock,
    /** All-powerful: for setting up and checking, never given to the app. */
    db,
    safeguardingDb,
    /** How many queries the app has sent since the last call, beginnings and ends aside. */
    countQueries: () => {
      const sent = queries;
      queries = 0;
      return sent;
    },
    /** The tables that those queries named, since the last call; where they were counted by for statistics, not. */
    takeTablesRead: () => {
      const tables = [...named];
      named.clear();
      return tables;
    },
    /** The events of the access log, oldest first, without what was refused; without looks, what was changed alone. */
    auditTrail: async ({ looks } = { looks: true }) => {
      const rows = await db
        .selectFrom('accessLog')
        .select(['event', 'kind'])
        .where('kind', '<>', 'refusal')
        .where('event', 'not like', '%.waiting counted') // The first page, which a visitor may pass on the way.
        .orderBy('xid')
        .orderBy('id')
        .execute();
      return rows.flatMap(({ event, kind }) => (looks || kind !== 'consultation' ? [event as string] : []));
    },
    /** What was refused, oldest first, when all of it is written. */
    refusals: async () => {
      await app.refusals.settled();
      return db
        .selectFrom('accessLog')
        .select(['event', 'action', 'memberId', 'subject', 'reason'])
        .where('kind', '=', 'refusal')
        .orderBy('xid')
        .orderBy('id')
        .execute() as Promise<LoggedRefusal[]>;
    },
  };
}
export type BareApplication = Awaited<ReturnType<typeof openBareApplication>>;
