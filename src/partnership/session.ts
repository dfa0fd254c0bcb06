/** Sessions: a random token in a cookie, its hash in the database, and the database itself says who that is. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../platform/access.ts';
import type { AnyTables, Reader, Writer } from '../platform/database.ts';
import type { Role, Side } from '../vocabulary/people.ts';

export const sessionHours = 12;

/** How somebody showed who she is. */
export const signInMethods = [
  'passkey',
  'password and code',
  'recovery code',
  'single sign-on',
  'shift pass',
  'invitation',
  'password',
] as const;
export type SignInMethod = (typeof signInMethods)[number];

export const newToken = (): string => randomBytes(32).toString('base64url');
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

type EnterRow = {
  readonly memberId: string;
  readonly memberName: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly side: Side;
  readonly roles: readonly Role[];
  readonly operations: readonly string[];
  readonly partnerOperations: readonly string[];
  readonly teams: readonly string[];
};

/** Binds the transaction to who holds the token, by the database's own look-up; undefined when nobody does. */
export async function resolveActor(
  tx: Reader<AnyTables>,
  token: string | undefined,
  now: Date,
): Promise<Actor | undefined> {
  if (!token) return undefined;
  const { rows } = await sql<EnterRow>`select * from ctx.enter(${hashOf(token)}, ${now})`.execute(tx as never);
  return rows[0];
}

/** Whether who asked is still here, held so until the transaction ends: who ends her waits for it, and it finds nobody once she has been ended. */
export async function holdSession(tx: Writer<AnyTables>, token: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select ctx.hold_session(${hashOf(token)}, ${now}) as held`.execute(
    tx as never,
  );
  return rows[0]?.held === true;
}

/** What the account holds, or undefined: the caller takes the same time for both. */
export async function findCredentials(
  db: Reader<AnyTables>,
  email: string,
): Promise<{ memberId: string; passwordHash: string } | undefined> {
  const { rows } = await sql<{
    memberId: string;
    passwordHash: string;
  }>`select * from ctx.credentials(${email})`.execute(db as never);
  return rows[0];
}

/** Opens a session and returns its token. */
export async function openSession(
  tx: Writer<AnyTables>,
  memberId: string,
  now: Date,
  _opening?: { readonly method: SignInMethod; readonly sharedWorkstation: boolean },
): Promise<string> {
  const token = newToken();
  const until = new Date(now.getTime() + sessionHours * 3_600_000);
  await sql`select ctx.open_session(${hashOf(token)}, ${memberId}, ${now}, ${until})`.execute(tx as never);
  return token;
}

export async function closeSession(tx: Writer<AnyTables>, token: string): Promise<void> {
  await sql`select ctx.close_session(${hashOf(token)})`.execute(tx as never);
}

export async function endOldSessions(tx: Writer<AnyTables>, now: Date): Promise<void> {
  await sql`select ctx.end_old_sessions(${now})`.execute(tx as never);
}
