/** Stores challenges, passkeys, codes and notices. Before sign-in it uses database functions; afterwards each member reaches only their own rows. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import {
  type AnyTables,
  beginWriting,
  type Databases,
  type Reader,
  setContext,
  type Writer,
} from '../../platform/database/database.ts';
import type { SealedSecret } from './code.ts';
import type { KnownPasskey, NewPasskey } from './passkey.ts';
import type { StoredRecoveryCode } from './recovery.ts';

export type ChallengePurpose = 'passkey sign-in' | 'add a passkey' | 'code';

export type SignInTables = {
  passkeys: {
    id: string;
    memberId: string;
    credentialId: Buffer;
    publicKey: Buffer;
    counter: number;
    transports: string[];
    synced: boolean;
    name: string;
    addedAt: Date;
    usedAt: Date | null;
  };
  codeGenerators: { memberId: string; wrappedKey: Buffer; secret: Buffer; lastStep: number; addedAt: Date };
  recoveryCodes: { id: string; memberId: string; wrappedKey: Buffer; codeHash: Buffer; usedAt: Date | null };
  signInNotices: { id: string; memberId: string; what: string; at: Date; seenAt: Date | null };
  accounts: { memberId: string; email: string; passwordHash: string };
};

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

export type Challenge = {
  readonly challenge: string;
  readonly purpose: ChallengePurpose;
  /** The browser, or the session, that may answer it. */
  readonly boundTo: string;
};

const challengeMinutes = 5;

/** Starts a challenge for a browser. It names no record and no member, so it is written outside the request's transaction, like a try. */
export async function startChallenge(databases: Databases, asked: Challenge, now: Date): Promise<void> {
  await saveChallenge(databases.for('main', 'staff', { maxConnections: 1 }), asked, null, now);
}

export async function saveChallenge(
  tx: Writer<AnyTables>,
  { challenge, purpose, boundTo }: Challenge,
  memberId: string | null,
  now: Date,
): Promise<void> {
  const until = new Date(now.getTime() + challengeMinutes * 60_000);
  await sql`select ctx.open_challenge(${hashOf(challenge)}, ${purpose}, ${boundTo}, ${memberId}, ${until})`.execute(tx);
}

/** The member of the challenge, where it is still open and was made for this browser. */
export async function findChallenge(
  db: Reader<AnyTables>,
  { challenge, purpose, boundTo }: Challenge,
): Promise<{ memberId: string | null } | undefined> {
  const { rows } = await sql<{
    memberId: string | null;
  }>`select * from ctx.challenge(${hashOf(challenge)}, ${purpose}, ${boundTo})`.execute(db);
  return rows[0];
}

const queryBoolean = async (asking: Promise<{ rows: { yes: boolean }[] }>): Promise<boolean> =>
  (await asking).rows[0]?.yes === true;

/** The same after a refused answer: the browser asks for another challenge. */
export async function discardChallenge(databases: Databases, challenge: string, now: Date): Promise<void> {
  const tx = await beginWriting(databases.for('main', 'staff', { maxConnections: 1 }));
  try {
    await setContext(tx, { now });
    await consumeChallenge(tx, challenge);
    await tx.commit().execute();
  } catch (error) {
    await tx.rollback().execute();
    throw error;
  }
}

/** Used once: false where another answer was first. */
export const consumeChallenge = (tx: Writer<AnyTables>, challenge: string): Promise<boolean> =>
  queryBoolean(sql<{ yes: boolean }>`select ctx.take_challenge(${hashOf(challenge)}) as yes`.execute(tx));

export async function findPasskey(db: Reader<AnyTables>, credentialId: Buffer): Promise<KnownPasskey | undefined> {
  const { rows } = await sql<KnownPasskey>`select * from ctx.passkey(${credentialId})`.execute(db);
  return rows[0];
}

export async function recordPasskeyUse(tx: Writer<AnyTables>, id: string, counter: number): Promise<void> {
  await sql`select ctx.passkey_used(${id}, ${counter})`.execute(tx);
}

export async function findCodeGenerator(
  db: Reader<AnyTables>,
  memberId: string,
): Promise<(SealedSecret & { lastStep: number }) | undefined> {
  const { rows } = await sql<SealedSecret & { lastStep: number }>`
    select * from ctx.code_generator(${memberId})`.execute(db);
  return rows[0];
}

/** False where this code, or a later one, was used before. */
export const consumeTimeStep = (tx: Writer<AnyTables>, memberId: string, step: number): Promise<boolean> =>
  queryBoolean(sql<{ yes: boolean }>`select ctx.use_step(${memberId}, ${step}) as yes`.execute(tx));

export async function listUnusedRecoveryCodes(db: Reader<AnyTables>, memberId: string): Promise<StoredRecoveryCode[]> {
  const { rows } = await sql<StoredRecoveryCode>`select * from ctx.recovery_codes(${memberId})`.execute(db);
  return rows;
}

export const consumeRecoveryCode = (tx: Writer<AnyTables>, id: string): Promise<boolean> =>
  queryBoolean(sql<{ yes: boolean }>`select ctx.use_recovery_code(${id}) as yes`.execute(tx));

/** Records a notice that the member must see at the next sign-in. */
export async function addSignInNotice(tx: Writer<AnyTables>, memberId: string, what: string): Promise<void> {
  await sql`select ctx.tell_at_sign_in(${memberId}, ${what})`.execute(tx);
}

export const hasSignInNotices = (tx: Reader<AnyTables>, memberId: string): Promise<boolean> =>
  queryBoolean(sql<{ yes: boolean }>`select ctx.notices_wait(${memberId}) as yes`.execute(tx));

export type PreviousSession = {
  readonly memberId: string;
  readonly sharedWorkstation: boolean;
  readonly endedAt: Date | null;
};

/** The member of the last session on this machine, live or ended. */
export async function findPreviousSession(
  db: Reader<AnyTables>,
  token: string | undefined,
): Promise<PreviousSession | undefined> {
  if (!token) return undefined;
  const { rows } = await sql<PreviousSession>`select * from ctx.former_session(${hashOf(token)})`.execute(db);
  return rows[0];
}

export type Passkey = Pick<SignInTables['passkeys'], 'id' | 'name' | 'synced' | 'addedAt' | 'usedAt'> &
  Pick<NewPasskey, 'credentialId' | 'transports'>;

export type MemberCredentials = {
  readonly passkeys: readonly Passkey[];
  readonly code: { readonly addedAt: Date } | undefined;
  readonly recoveryCodes: { readonly unused: number; readonly made: number };
};

export async function getMemberCredentials(db: Reader<SignInTables>, memberId: string): Promise<MemberCredentials> {
  const passkeys = await db
    .selectFrom('passkeys')
    .select(['id', 'name', 'synced', 'addedAt', 'usedAt', 'credentialId', 'transports'])
    .where('memberId', '=', memberId)
    .orderBy('addedAt')
    .execute();
  const code = await db
    .selectFrom('codeGenerators')
    .select('addedAt')
    .where('memberId', '=', memberId)
    .executeTakeFirst();
  const codes = await db.selectFrom('recoveryCodes').select('usedAt').where('memberId', '=', memberId).execute();
  const unused = codes.filter(({ usedAt }) => usedAt === null).length;
  return { passkeys, code, recoveryCodes: { unused, made: codes.length } };
}

export async function addPasskey(
  tx: Writer<SignInTables>,
  passkey: NewPasskey & {
    readonly id: string;
    readonly memberId: string;
    readonly name: string;
    readonly addedAt: Date;
  },
): Promise<void> {
  await tx
    .insertInto('passkeys')
    .values({ ...passkey, transports: [...passkey.transports], usedAt: null })
    .execute();
}

export async function renamePasskey(tx: Writer<SignInTables>, id: string, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('passkeys').set({ name }).where('id', '=', id).executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function removePasskey(tx: Writer<SignInTables>, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('passkeys').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Locks until the transaction ends, so that two deletions at once cannot remove both last ways in. */
export async function lockMemberCredentials(tx: Writer<SignInTables>, memberId: string): Promise<MemberCredentials> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`ways in ${memberId}`}, 0))`.execute(tx);
  return getMemberCredentials(tx, memberId);
}

export async function addCodeGenerator(
  tx: Writer<SignInTables>,
  row: Omit<SignInTables['codeGenerators'], 'addedAt'> & { readonly addedAt: Date },
): Promise<void> {
  await tx.insertInto('codeGenerators').values(row).execute();
}

export async function removeCodeGenerator(tx: Writer<SignInTables>, memberId: string): Promise<void> {
  await tx.deleteFrom('codeGenerators').where('memberId', '=', memberId).execute();
}

export async function deleteRecoveryCodes(tx: Writer<SignInTables>, memberId: string): Promise<void> {
  await tx.deleteFrom('recoveryCodes').where('memberId', '=', memberId).execute();
}

export async function addRecoveryCodes(
  tx: Writer<SignInTables>,
  memberId: string,
  codes: readonly StoredRecoveryCode[],
): Promise<void> {
  await tx
    .insertInto('recoveryCodes')
    .values(codes.map((code) => ({ ...code, memberId, usedAt: null })))
    .execute();
}

export type Notice = Pick<SignInTables['signInNotices'], 'what' | 'at'>;

/** Notices from before this session that have not been shown yet. */
export const listUnseenNotices = (db: Reader<SignInTables>, memberId: string, before: Date): Promise<Notice[]> =>
  db
    .selectFrom('signInNotices')
    .select(['what', 'at'])
    .where('memberId', '=', memberId)
    .where('seenAt', 'is', null)
    .where('at', '<', before)
    .orderBy('at')
    .execute();

export async function markNoticesSeen(
  tx: Writer<SignInTables>,
  memberId: string,
  before: Date,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('signInNotices')
    .set({ seenAt: now })
    .where('memberId', '=', memberId)
    .where('seenAt', 'is', null)
    .where('at', '<', before)
    .execute();
}

/** The member's own address and password hash. */
export async function getOwnAccount(db: Reader<AnyTables>): Promise<{ email: string; passwordHash: string }> {
  const { rows } = await sql<{ email: string; passwordHash: string }>`select * from ctx.own_account()`.execute(db);
  return rows[0] ?? { email: '', passwordHash: '' };
}

export async function changeOwnPassword(tx: Writer<AnyTables>, hash: string): Promise<void> {
  await sql`select ctx.change_own_password(${hash})`.execute(tx);
}
