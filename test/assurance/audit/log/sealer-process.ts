/** A leader that seals and nothing else, in a process of its own: `sealer-process.ts ADDRESS KEYFILE` without a pause and in small batches, to be killed; with a third word twice a second, as the leader does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { loadLogKeys } from '../../../../src/audit/log/keys.ts';
import { maxBatchRows, type SealingMemory, sealBatch } from '../../../../src/audit/sealing/sealing.ts';
import { openDatabase } from '../../../../src/platform/database/database.ts';

const [address = '', keyFile = '', asLeader] = process.argv.slice(2);
const most = asLeader ? maxBatchRows : 64;
const db = openDatabase(address, { maxConnections: 1 });
const { main } = loadLogKeys(keyFile, 'sealer.example');
const remembered: SealingMemory = {};
process.stdout.write('sealing\n');
for (;;) {
  const sealed = await db
    .transaction()
    .execute((tx) => sealBatch(tx, main, new Date(1_790_000_000_000), remembered, most));
  if (asLeader && sealed < most) await sleep(500);
}
