/** Sessions: a random token in a cookie, and its hash in the database, which finds the member. */
import { hash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../../platform/access-policy/access.ts';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import type { Role, Side } from '../../vocabulary/people.ts';
import { normaliseEmailAddress } from './email-address.ts';
import { sessionLimits } from './session-limits.ts';

/** How a member signed in. */
export const signInMethods = [
  'passkey',
  'password and code',
  'recovery code',
  'single sign-on',
  'shift pass',
  'invitation',
  'password',
  'command line',
] as const;
export type SignInMethod = (typeof signInMethods)[number];

export const newToken = (): string => randomBytes(32).toString('base64url');
const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer');

type ActorRow = {
  readonly memberId: string;
  readonly memberName: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly side: Side;
  readonly roles: readonly Role[];
  readonly operations: readonly string[];
  readonly partnerOperations: readonly string[];
  readonly teams: readonly string[];
  readonly breakGlass: string | null;
  readonly glassOperation: string | null;
  readonly sessionId: string;
  readonly startedAt: string;
  readonly sharedWorkstation: boolean;
  readonly unfinished: boolean;
};

/** Binds the transaction to the owner of the token, found by the database; undefined where the token is unknown. */
export async function resolveActor(
  tx: Reader<AnyTables>,
  token: string | undefined,
  now: Date,
): Promise<Actor | undefined> {
  if (!token) return undefined;
  const { rows } = await sql<{ who: ActorRow | null }>`select ctx.enter(${hashToken(token)}, ${now}) as who`.execute(
    tx,
  );
  const who = rows[0]?.who;
  return who ? { ...who, startedAt: new Date(who.startedAt) } : undefined;
}

/** Whether the session still exists, locked until the transaction ends. Ending the member waits for the lock; after that no session is found. */
export async function lockSession(tx: Writer<AnyTables>, token: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select ctx.hold_session(${hashToken(token)}, ${now}) as held`.execute(
    tx,
  );
  return rows[0]?.held === true;
}

export type Credentials = {
  readonly memberId: string;
  readonly passwordHash: string;
  readonly hasCode: boolean;
  readonly hasPasskey: boolean;
};

/** The account's values, or undefined: the caller takes the same time for both. */
export async function findCredentials(db: Reader<AnyTables>, typed: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`select * from ctx.credentials(${normaliseEmailAddress(typed)})`.execute(db);
  return rows[0];
}

export type SessionOptions = {
  readonly method: SignInMethod;
  readonly sharedWorkstation: boolean;
  /** Only a password was given where more is required: this session reaches only the setup of a second factor. */
  readonly unfinished?: boolean;
};

/** Opens a session and returns its token. How long it lasts follows from the roles of the member, as the database knows them. */
export async function openSession(
  tx: Writer<AnyTables>,
  memberId: string,
  now: Date,
  { method, sharedWorkstation, unfinished = false }: SessionOptions,
): Promise<string> {
  const token = newToken();
  await sql`select ctx.open_session(${hashToken(token)}, ${memberId}, ${now}, ${method}, ${sharedWorkstation},
    ${unfinished}, ${JSON.stringify(sessionLimits)})`.execute(tx);
  return token;
}

export async function closeSession(tx: Writer<AnyTables>, token: string): Promise<void> {
  await sql`select ctx.close_session(${hashToken(token)})`.execute(tx);
}

export async function endOldSessions(tx: Writer<AnyTables>, now: Date): Promise<void> {
  await sql`select ctx.end_old_sessions(${now})`.execute(tx);
}
