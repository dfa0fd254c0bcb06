/** Asks a database that was brought to a moment what `backup verify` asks of a backup: the sealed log, rows, and sealed records. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UnitKeys } from '../../crypto/crypto.ts';
import { databaseNames, openEmbedded } from '../../embedded-postgres/embedded.ts';
import { openSealed, type VerifyLog } from '../checks.ts';
import { countRows, withConnection } from '../cluster-facts.ts';
import { BackupFault } from '../fault.ts';
import type { OpenedBackup } from '../unpack.ts';

export type CheckedPoint = {
  readonly faults: readonly BackupFault[];
  /** What a person wants to know before they use it. */
  readonly says: readonly string[];
};

const sealedWanted = 20;

/** Starts the restored data folder and stops it again. Never throws for what it finds in it. */
export async function checkRestored(
  data: string,
  { counts }: OpenedBackup,
  verifyLog: VerifyLog,
  fsync: boolean,
): Promise<CheckedPoint> {
  const keys = existsSync(join(data, 'keys.json'))
    ? UnitKeys.fromFile(join(data, 'keys.json')).withHalvesIn(join(data, 'key-halves'))
    : undefined;
  const faults: BackupFault[] = [];
  const says: string[] = [];
  const server = await openEmbedded(data, { fsync, tell: () => {}, lost: () => {} });
  try {
    for (const store of ['main', 'safeguarding'] as const) {
      const address = server.superuserAddress(databaseNames[store]);
      const { leaves, findings } = await verifyLog(address);
      says.push(`The access log of the ${store} database: ${leaves} sealed entries read.`);
      for (const finding of findings)
        faults.push(
          new BackupFault(
            `The access log of the ${store} database is not what was sealed: ${finding}.`,
            'Run safelight audit verify on the live database. If it says the same, report it as a security incident.',
          ),
        );
      await withConnection(address, async (client) => {
        const found = await countRows(client, store);
        for (const [table, { begun }] of Object.entries(counts[store] ?? {}))
          if ((found[table] ?? 0) < begun)
            says.push(
              `The table ${table} has ${found[table] ?? 'no'} rows. When the backup was taken it had ${begun}.`,
            );
        if (!keys) return;
        const sealed = await openSealed(client, keys, sealedWanted);
        faults.push(...sealed.faults);
        says.push(`Sealed records of the ${store} database: ${sealed.opened} opened, ${sealed.erased} found erased.`);
      });
    }
  } finally {
    await server.stop();
  }
  return { faults, says };
}
