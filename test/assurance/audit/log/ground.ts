/** The ground of the tamperings: a real database in a folder of its own, a sealed log in it, and one superuser who may do anything. */

import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { exampleRow } from '../../../../src/audit/log/examples.ts';
import { generateLogKeys } from '../../../../src/audit/log/keys.ts';
import {
  cosignatureLine,
  formatPublicKey,
  readCheckpoint,
  witnessPublicKey,
} from '../../../../src/audit/sealing/checkpoint.ts';
import { sealBatch } from '../../../../src/audit/sealing/sealing.ts';
import { type LogRow, writeLog } from '../../../../src/platform/audit-hook/audit.ts';
import { type AnyTables, type Db, openDatabase } from '../../../../src/platform/database/database.ts';
import { openEmbedded } from '../../../../src/platform/embedded-postgres/embedded.ts';
import { migrateEmbedded } from '../../../harness/embedded.ts';

/** An empty installation, lost with the process. */
export async function openGround(fsync = false) {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-log-'));
  const embedded = await openEmbedded(folder, { fsync, tell: () => {} });
  const stop = async (): Promise<void> => {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { main } = embedded.addresses;
    await migrateEmbedded(embedded, ['main']);
    const addresses = {
      staff: main.staff ?? '',
      leader: main.leader ?? '',
      auditor: main.auditor ?? '',
      superuser: embedded.superuserAddress('safelight'),
    };
    return { folder, addresses, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
type Ground = Awaited<ReturnType<typeof openGround>>;

/** Kysely over one connection that is held by somebody else. */
export const over = (client: pg.Client): Db =>
  new Kysely<AnyTables>({
    dialect: new PostgresDialect({
      pool: {
        connect: async () => ({ query: client.query.bind(client), release: () => {} }),
        end: async () => {},
      } as never,
    }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });

const batches = [37, 90, 129, 8, 16];

/** A log of five batches with erasures in it, cosigned by a witness: `sizes` are the rows after each checkpoint, the last of which a verifier holds; `witnessed` is that with a witness’s name under it. */
export async function sealALog({ addresses }: Ground, random: () => number) {
  const { main: key } = generateLogKeys('assurance.example');
  const { privateKey } = generateKeyPairSync('ed25519');
  const name = 'partner.example/witness';
  const witness = { name, key: privateKey, line: formatPublicKey(witnessPublicKey(name, privateKey)) };
  const staff = openDatabase(addresses.staff, { maxConnections: 1 });
  const leader = openDatabase(addresses.leader, { maxConnections: 1 });
  const sizes: number[] = [];
  const erased = [5, 50, 51, 200];
  const now = new Date('2026-09-18T11:00:00Z');
  try {
    for (const [batch, count] of batches.entries()) {
      for (let row = 0; row < count; row += 1) await writeLog(staff as never, [someRow(random)]);
      if (batch === 3)
        await writeLog(leader as never, [
          exampleRow({ kind: 'erasure', event: 'log.erased', fields: erased.map(String) }),
        ]);
      await leader.transaction().execute(async (tx) => void (await sealBatch(tx, key, now)));
      const { size, note } = await newestCheckpoint(leader);
      sizes.push(size as number);
      const body = readCheckpoint(note as string)?.body ?? '';
      const line = cosignatureLine(name, privateKey, body, now).trimEnd();
      await staff.insertInto('logCosignatures').values({ size, witness: name, line }).execute();
    }
    const { note } = await newestCheckpoint(leader);
    const body = readCheckpoint(note as string)?.body ?? '';
    const witnessed = `${note}${cosignatureLine(name, privateKey, body, now)}`;
    return { key, witness, sizes, size: sizes.at(-1) ?? 0, erased, held: note as string, witnessed };
  } finally {
    await Promise.all([staff.destroy(), leader.destroy()]);
  }
}
export type Sealed = Awaited<ReturnType<typeof sealALog>>;

const newestCheckpoint = (leader: Db) =>
  leader.selectFrom('logCheckpoints').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirstOrThrow();

/** Rows that differ in what is empty, what is missing and what is not. */
function someRow(random: () => number): LogRow {
  const one = <Value>(...values: Value[]): Value => values[Math.floor(random() * values.length)] as Value;
  const row = exampleRow();
  return {
    ...row,
    at: new Date(Date.UTC(2026, 8, 1) + Math.floor(random() * 1e9)),
    kind: one('consultation', 'alteration', 'collection', 'disclosure'),
    roles: one<LogRow['roles']>([], ['field'], ['planner', 'commander']),
    fields: one([], ['language'], ['language', 'rooms', 'a, "b" and {c}']),
    returned: one([], row.returned),
    reason: one(null, '', 'asked by a court', 'a reason: with, marks'),
    recipient: one(null, row.requestId),
    ownerId: one(null, row.ownerId),
    subject: one(null, row.subject),
  };
}
