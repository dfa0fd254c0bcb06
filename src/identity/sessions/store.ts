/** How sessions are listed and ended: a member's own, or those of an agency's members for its administrator. */

import { sql } from 'kysely';
import type { Reader, Writer } from '../../platform/database/database.ts';
import type { SignInMethod } from '../agencies/session.ts';

export type Session = {
  readonly id: string;
  readonly memberId: string;
  readonly method: SignInMethod;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly endsAt: Date;
  readonly sharedWorkstation: boolean;
};
export type SessionTables = {
  sessions: Session & { endedAt: Date | null; endedBy: string | null; idleLimit: unknown };
};

/** Those that still count, newest first. */
export const listSessions = (db: Reader<SessionTables>, memberId: string, now: Date): Promise<Session[]> =>
  db
    .selectFrom('sessions')
    .select(['id', 'memberId', 'method', 'startedAt', 'seenAt', 'endsAt', 'sharedWorkstation'])
    .where('memberId', '=', memberId)
    .where('endedAt', 'is', null)
    .where('endsAt', '>', now)
    .where(sql<boolean>`seen_at + idle_limit > ${now}`)
    .orderBy('startedAt', 'desc')
    .execute();

/** Whether a session was opened by temporary access: a card for one shift, without an account. */
export async function isTemporaryAccessSession(db: Reader<SessionTables>, sessionId: string): Promise<boolean> {
  const session = await db
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', sessionId)
    .where('method', '=', 'shift pass')
    .executeTakeFirst();
  return session !== undefined;
}

/** Ends one, or all but one. How many were ended. */
export async function endSessions(
  tx: Writer<SessionTables>,
  {
    memberId,
    only,
    except,
  }: { readonly memberId: string; readonly only?: string; readonly except?: string | undefined },
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<number> {
  let ending = tx
    .updateTable('sessions')
    .set({ endedAt: at, endedBy: by })
    .where('memberId', '=', memberId)
    .where('endedAt', 'is', null);
  if (only) ending = ending.where('id', '=', only);
  if (except) ending = ending.where('id', '!=', except);
  return Number((await ending.executeTakeFirst()).numUpdatedRows);
}
