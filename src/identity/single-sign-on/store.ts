/** Stores agencies' own sign-in in PostgreSQL: secrets sealed, states by their hash. */

import { createHash } from 'node:crypto';
import { type Generated, sql } from 'kysely';
import { seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { PartnershipTables } from '../agencies/store.ts';
import type { Client } from './oidc.ts';
import type { Provider } from './provider.ts';

type Link = {
  agencyId: AgencyId;
  issuer: string;
  subject: string;
  memberId: MemberId;
  linkedBy: MemberId | null;
  linkedAt: Date;
};
export type SignOnTables = PartnershipTables & {
  singleSignOn: Mutable<Omit<Provider, 'demands'>> & {
    demands: string[];
    secretSealed: Buffer | null;
    changedBy: MemberId;
    changedAt: Date;
  };
  /** `waits`, filled in by the database: until a second person has said whose it is, it cannot sign in. */
  linkedAccounts: Link & { waits: Generated<boolean> };
};

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
const sealingContext = (agencyId: string): string => `single_sign_on/secret/${agencyId}`;
const keyOf = (keys: UnitKeys): Buffer => Buffer.from(keys.derive('single sign-on'), 'base64');

export const sealSecret = (keys: UnitKeys, agencyId: string, secret: string): Buffer =>
  seal(keyOf(keys), sealingContext(agencyId), secret);

/** By client id: secrets from the environment come before those that were typed. */
export type ClientSecrets = Readonly<Record<string, string>>;

type SignOnRow = Mutable<Provider> & { agencyName: string; secretSealed: Buffer | null };
export type NamedClient = Client & { readonly agencyName: string };

/** Agencies whose people may sign in with their own accounts, for visitors who have not signed in yet. */
export async function listSignOnClients(
  db: Reader<AnyTables>,
  keys: UnitKeys,
  secrets: ClientSecrets,
): Promise<NamedClient[]> {
  const { rows } = await sql<SignOnRow>`select * from ctx.sign_ons()`.execute(db);
  return rows.flatMap(({ secretSealed, ...one }) => {
    const typed = secretSealed && unseal(keyOf(keys), sealingContext(one.agencyId), secretSealed).toString();
    const secret = secrets[one.clientId] ?? typed;
    return secret ? [{ ...one, secret }] : [];
  });
}

export type Settings = Provider & { readonly secretSealed: Buffer | null };

export const findSettings = (db: Reader<SignOnTables>, agencyId: string): Promise<Settings | undefined> =>
  db
    .selectFrom('singleSignOn')
    .select(['agencyId', 'issuer', 'clientId', 'demands', 'secretSealed'])
    .where('agencyId', '=', agencyId as AgencyId)
    .executeTakeFirst();

export const openSecret = (keys: UnitKeys, { agencyId, secretSealed }: Settings): string | undefined =>
  secretSealed ? unseal(keyOf(keys), sealingContext(agencyId), secretSealed).toString() : undefined;

export async function saveSettings(
  tx: Writer<SignOnTables>,
  { demands, ...settings }: Settings,
  by: { readonly memberId: string; readonly at: Date },
): Promise<void> {
  const row = { ...settings, demands: [...demands], changedBy: by.memberId as MemberId, changedAt: by.at };
  await tx
    .insertInto('singleSignOn')
    .values(row)
    .onConflict((on) => on.column('agencyId').doUpdateSet(row))
    .execute();
}

export async function removeSettings(tx: Writer<SignOnTables>, agencyId: string): Promise<void> {
  await tx
    .deleteFrom('singleSignOn')
    .where('agencyId', '=', agencyId as AgencyId)
    .execute();
}

export type NamedLink = Link & { readonly name: string; readonly waits: boolean };

export const listLinks = (db: Reader<SignOnTables>, agencyId: string): Promise<NamedLink[]> =>
  db
    .selectFrom('linkedAccounts as l')
    .innerJoin('members as m', 'm.id', 'l.memberId')
    .selectAll('l')
    .select('m.name')
    .where('l.agencyId', '=', agencyId as AgencyId)
    .orderBy('m.name')
    .execute();

/** Refused where the account or the member is linked already. */
export const addLink = (tx: Writer<SignOnTables>, link: Link): Promise<Result<unknown, 'linked already'>> =>
  refuseOn({ [uniqueViolation]: 'linked already' } as const, () =>
    tx.insertInto('linkedAccounts').values(link).execute(),
  );

export async function removeLink(tx: Writer<SignOnTables>, agencyId: string, memberId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('linkedAccounts')
    .where('agencyId', '=', agencyId as AgencyId)
    .where('memberId', '=', memberId as MemberId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export type Attempt = { readonly issuer: string; readonly nonce: string; readonly verifier: string };

export async function beginAttempt(
  tx: Writer<AnyTables>,
  { issuer, nonce, verifier }: Attempt,
  { state, browser, agencyId, at }: { state: string; browser: string; agencyId: string; at: Date },
): Promise<void> {
  await sql`select ctx.begin_sign_on(${hashOf(state)}, ${hashOf(browser)}, ${agencyId}, ${issuer}, ${nonce},
    ${verifier}, ${at})`.execute(tx);
}

/** Deletes an attempt when it is used: each is valid for one return, one browser, one agency and ten minutes. */
export async function consumeAttempt(
  tx: Writer<AnyTables>,
  { state, browser, agencyId, at }: { state: string; browser: string; agencyId: string; at: Date },
): Promise<Attempt | undefined> {
  const { rows } = await sql<Attempt>`
    select * from ctx.take_sign_on(${hashOf(state)}, ${hashOf(browser)}, ${agencyId}, ${at})`.execute(tx);
  return rows[0];
}

export type Subject = { readonly agencyId: string; readonly issuer: string; readonly subject: string };

export async function findMemberBySubject(
  db: Reader<AnyTables>,
  { agencyId, issuer, subject }: Subject,
  at: Date,
): Promise<MemberId | undefined> {
  const { rows } = await sql<{ memberId: MemberId | null }>`
    select ctx.member_of_subject(${agencyId}, ${issuer}, ${subject}, ${at}) as member_id`.execute(db);
  return rows[0]?.memberId ?? undefined;
}

/** Joins by an invitation of that agency and links the subject, in one step. */
export async function joinBySignOn(
  tx: Writer<AnyTables>,
  token: string,
  passwordHash: string,
  { agencyId, issuer, subject }: Subject,
  at: Date,
): Promise<MemberId | undefined> {
  const { rows } = await sql<{ memberId: MemberId | null }>`
    select ctx.join_by_sign_on(${hashOf(token)}, ${passwordHash}, ${agencyId}, ${issuer}, ${subject}, ${at}) as member_id`.execute(
    tx,
  );
  return rows[0]?.memberId ?? undefined;
}
