/** The database server of one run of the tests: a private one in a temporary folder, or one that somebody lends. */
import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openEmbedded } from '../src/platform/embedded-postgres/embedded.ts';

export type Server = {
  readonly address: string;
  readonly stop: () => Promise<void>;
  /** Its files lie in memory. */
  readonly inMemory?: boolean;
};

export function reachServer(): Promise<Server> {
  const given = process.env.SAFELIGHT_TEST_SERVER;
  return given ? borrowServer(given) : ownServer();
}

const memory = '/dev/shm';

/** Making databases is mostly making files: in memory, where there is plenty, it takes a tenth of the time. */
function quickestPlace(): string {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return Math.min(bavail * bsize, process.availableMemory()) > 4e9 ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

const folderName = 'safelight-tests-';

async function ownServer(): Promise<Server> {
  const place = quickestPlace();
  removeLeftBehind(place);
  const folder = mkdtempSync(join(place, `${folderName}${process.pid}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const embedded = await openEmbedded(folder, { fsync: false });
    const stop = () => embedded.stop().finally(remove);
    return { address: embedded.superuserAddress(), stop, inMemory: place === memory };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A run that was killed outright could not tidy up: the next one does, an hour later, when its process is no more. */
function removeLeftBehind(place: string): void {
  for (const name of readdirSync(place).filter((entry) => entry.startsWith(folderName))) {
    const folder = join(place, name);
    try {
      process.kill(Number(name.slice(folderName.length).split('-')[0]), 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') continue;
      const mine = statSync(folder).uid === process.getuid?.();
      if (mine && statSync(folder).mtimeMs < Date.now() - 3_600_000) rmSync(folder, { recursive: true, force: true });
    }
  }
}

const oneRun = 7_220_021;

async function borrowServer(address: string): Promise<Server> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<{ version: number; text: string; super: boolean; free: boolean }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as text,
       (select rolsuper from pg_roles where rolname = current_user) as super, pg_try_advisory_lock($1) as free`,
    [oneRun],
  );
  const [found] = rows;
  if (!found || found.version < 170_000) return refuse(`it runs PostgreSQL ${found?.text}, and tests need 17 or later`);
  if (!found.super) return refuse('its user is no superuser');
  if (!found.free) return refuse('another run of the tests is using it');
  await dropOurs(client);
  return { address, stop: () => dropOurs(client).finally(() => client.end()) };
}

function refuse(why: string): never {
  console.error(`SAFELIGHT_TEST_SERVER cannot be used: ${why}.`);
  process.exit(1);
}

/** Templates on a server that outlives the run would age unseen. */
async function dropOurs(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select datname as name from pg_database where datname ~ '^(test|template)_[0-9a-f]{16}(_half)?(_safeguarding)?$'",
  );
  for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
}
