/** Delays the log of reads, so that an answer waits between reading and logging. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { BareApplication } from './application.ts';

export async function withDelayedLog<Value>(
  { safeguardingDb }: Pick<BareApplication, 'safeguardingDb'>,
  leaving: () => Promise<Value>,
  meanwhile: () => Promise<unknown>,
): Promise<Value> {
  const tx = await safeguardingDb.startTransaction().execute();
  await sql`lock table access_log in exclusive mode`.execute(tx);
  const answer = leaving();
  for (;;) {
    const { rows } = await sql`select from pg_locks where not granted and relation = 'access_log'::regclass`.execute(
      tx,
    );
    if (rows.length > 0) break;
    await sleep(10);
  }
  await meanwhile();
  await tx.commit().execute();
  return answer;
}
