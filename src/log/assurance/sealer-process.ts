/** A leader that seals and nothing else, to be killed: `sealer-process.ts ADDRESS KEYFILE`. */
import { openDatabase } from '../../platform/database.ts';
import { logKeysFrom } from '../keys.ts';
import { type Remembered, sealBatch } from '../sealing.ts';

const [address = '', keyFile = ''] = process.argv.slice(2);
const db = openDatabase(address, { most: 1 });
const { main } = logKeysFrom(keyFile, 'killed.example');
const remembered: Remembered = {};
process.stdout.write('sealing\n');
for (;;)
  await db
    .transaction()
    .execute(async (tx) => void (await sealBatch(tx, main, new Date(1_790_000_000_000), remembered, 64)));
