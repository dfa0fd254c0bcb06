/** A database of its own on disk, durable, with both lines attended: for a public door in a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { house } from '../../app.ts';
import { type Db, openDatabase } from '../../platform/database.ts';
import { databaseNames, type Embedded, openEmbedded } from '../../platform/embedded.ts';
import { migrate } from '../../platform/migrate.ts';
import { testKeys } from '../../testing/house.ts';
import { type Started, startToKill } from '../../testing/killed.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { attend } from '../examples.ts';
import { type Line, lines } from '../report.ts';

export const stores = { police: 'main', help: 'safeguarding' } as const satisfies Record<Line, string>;

export type Kept = {
  readonly folder: string;
  embedded: Embedded;
  /** After PostgreSQL was killed, or stopped by itself. */
  readonly reopen: () => Promise<void>;
  /** All-powerful, to look with, for as long as it takes. */
  readonly looking: <Found>(line: Line, look: (db: Db) => Promise<Found>) => Promise<Found>;
  readonly startDoor: (settings?: Readonly<Record<string, string>>) => Promise<Started>;
};

const quiet = { tell: () => {}, lost: () => {} };
const doorFile = join(import.meta.dirname, '../../testing/killed-door.ts');

/** `place`: a folder to make it in, where not that of the system for what does not last. */
export async function withKept<Found>(
  use: (kept: Kept) => Promise<Found>,
  { place = tmpdir(), by = { id: newTimelessId(), agencyId: newTimelessId() } } = {},
): Promise<Found> {
  const folder = mkdtempSync(join(place, 'safelight-kept-'));
  const data = join(folder, 'data');
  const kept: Kept = {
    folder,
    embedded: await openEmbedded(data, quiet),
    reopen: async () => {
      await kept.embedded.stop().catch(() => {});
      kept.embedded = await openEmbedded(data, quiet);
    },
    looking: async (line, look) => {
      const db = openDatabase(kept.embedded.superuserAddress(databaseNames[stores[line]]), { most: 1 });
      return look(db).finally(() => db.destroy());
    },
    startDoor: (settings = {}) =>
      startToKill(doorFile, kept.embedded.addresses, { settings, log: join(folder, 'door.log') }),
  };
  try {
    for (const store of Object.values(stores)) {
      const owner = openDatabase(kept.embedded.addresses[store].owner ?? '', { most: 2 });
      await migrate(owner, store, house, kept.embedded.passwords).finally(() => owner.destroy());
    }
    for (const line of lines)
      await kept.looking(line, (db) => attend(db, testKeys, line, by, new Date('2026-01-01T00:00:00Z')));
    return await use(kept);
  } finally {
    await kept.embedded.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}
