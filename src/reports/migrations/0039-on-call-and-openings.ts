import type { Kysely } from 'kysely';
import { contactOpenings } from './contact-openings.ts';
import { onCall } from './on-call.ts';

/** Who is on call when somebody is in danger, and who opens a source identity to whom. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await onCall(db);
  await contactOpenings(db, {
    caller: 'staff',
    reads: `ctx.roles() && array['triage'] and ctx.side() = 'enforcement'`,
  });
}

export async function upApart(db: Kysely<unknown>): Promise<void> {
  await onCall(db);
  const reads = `ctx.roles() && array['safeguarding lead', 'partner caseworker'] and ctx.side() = 'help'`;
  await contactOpenings(db, { caller: 'safeguarding', reads });
}
