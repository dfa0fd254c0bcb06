import type { Kysely } from 'kysely';
import { sessions } from './sessions.ts';

/** How somebody shows who she is, and what a session is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sessions(db);
}
