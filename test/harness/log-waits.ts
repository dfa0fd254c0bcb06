/** Delays the log of reads, so that an answer waits between reading and logging. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BareApplication } from './application.ts';
import { query } from './sql.ts';

export async function withDelayedLog<Value>(
  { safeguardingDb }: Pick<BareApplication, 'safeguardingDb'>,
  leaving: () => Promise<Value>,
  meanwhile: () => Promise<unknown>,
): Promise<Value> {
  const tx = await safeguardingDb.startTransaction().execute();
  await query(tx)`lock table access_log in exclusive mode`;
  const answer = leaving();
  for (;;) {
    const rows = await query(tx)`select from pg_locks where not granted and relation = 'access_log'::regclass`;
    if (rows.length > 0) break;
    await sleep(10);
  }
  await meanwhile();
  await tx.commit().execute();
  return answer;
}
