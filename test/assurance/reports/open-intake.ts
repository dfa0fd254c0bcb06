/** A durable database on disk, with both lines on call: for a public process of its own. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addAgency, addMember, type Member, openSession } from '../../../src/identity/agencies/index.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { type Db, openDatabase } from '../../../src/platform/database/database.ts';
import { databaseNames, type Embedded, openEmbedded } from '../../../src/platform/embedded-postgres/embedded.ts';
import { attend } from '../../../src/reports/examples.ts';
import { type IntakeLine, intakeLines } from '../../../src/reports/report.ts';
import { newId } from '../../../src/vocabulary/ids.ts';
import { sideOf } from '../../../src/vocabulary/people.ts';
import { migrateEmbedded } from '../../harness/embedded.ts';
import { testKeys } from '../../harness/keys.ts';
import {
  type KillableServer,
  type PreparedServer,
  prepareKillableServer,
  startKillableServer,
} from '../../harness/killed.ts';

export const stores = { police: 'main', help: 'safeguarding' } as const satisfies Record<IntakeLine, string>;

export type Kept = {
  readonly folder: string;
  embedded: Embedded;
  /** After PostgreSQL was killed, or stopped by itself. */
  readonly reopen: () => Promise<void>;
  /** All-powerful, to look with, for as long as it takes. */
  readonly looking: <Found>(line: IntakeLine, look: (db: Db) => Promise<Found>) => Promise<Found>;
  /** A member who reads and answers reports to police. */
  readonly session: string;
  readonly startDoor: (settings?: Readonly<Record<string, string>>) => Promise<KillableServer>;
  /** The same on this port, when it is told to begin. */
  readonly prepareDoor: (settings: Readonly<Record<string, string>>, port: number) => PreparedServer;
};

const quiet = { tell: () => {}, lost: () => {} };
const doorFile = join(import.meta.dirname, '../../harness/killed-server.ts');

/** `place`: a folder to make it in, where not that of the system for what does not last. */
export async function withKept<Found>(use: (kept: Kept) => Promise<Found>, place = tmpdir()): Promise<Found> {
  const folder = mkdtempSync(join(place, 'safelight-kept-'));
  const [data, temporary, log] = [join(folder, 'data'), join(folder, 'tmp'), join(folder, 'door.log')];
  mkdirSync(temporary);
  let session = '';
  const kept: Kept = {
    folder,
    embedded: await openEmbedded(data, quiet),
    get session() {
      return session;
    },
    reopen: async () => {
      await kept.embedded.stop().catch(() => {});
      kept.embedded = await openEmbedded(data, quiet);
    },
    looking: async (line, look) => {
      const db = openDatabase(kept.embedded.superuserAddress(databaseNames[stores[line]]), { maxConnections: 1 });
      return look(db).finally(() => db.destroy());
    },
    startDoor: (settings = {}) => startKillableServer(doorFile, kept.embedded.addresses, { settings, log, temporary }),
    prepareDoor: (settings, port) =>
      prepareKillableServer(doorFile, kept.embedded.addresses, { settings, log, temporary, port }),
  };
  try {
    await migrateEmbedded(kept.embedded);
    const by = await kept.looking('police', async (db) => {
      const reader = await newReader(db);
      session = await openSession(db, reader.id, systemClock.now(), { method: 'password', sharedWorkstation: false });
      return reader;
    });
    for (const line of intakeLines)
      await kept.looking(line, (db) => attend(db, testKeys, line, by, new Date('2026-01-01T00:00:00Z')));
    return await use(kept);
  } finally {
    await kept.embedded.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

async function newReader(db: Db): Promise<Pick<Member, 'id' | 'agencyId'>> {
  const kind = 'police force';
  const agency = { id: newId<'agency'>(), name: 'Lea Vale', officialName: 'Lea Vale Constabulary', kind } as const;
  await addAgency(db, { ...agency, side: sideOf[kind], firstResponder: false });
  const member = { id: newId<'member'>(), agencyId: agency.id, name: 'Robin Test', title: 'Officer' } as const;
  const reader = { ...member, roles: ['triage'], endedAt: null } as const;
  await addMember(db, reader, { email: 'robin@example.org', passwordHash: 'none' });
  return reader;
}
