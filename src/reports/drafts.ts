/** Drafts as the public routes use them: opened once, turned into the next, ended. */
import { hourOf } from '../platform/audit.ts';
import type { Db } from '../platform/database.ts';
import { type Draft, hashOf, hoursKept, newToken, openDraft, sealDraft } from './draft.ts';
import { endDraft, findDraft, turnDraft } from './public-store.ts';

const isToken = /^[\w-]{43}$/;

export async function findOpenDraft(db: Db, token: string, now: Date): Promise<Draft | undefined> {
  if (!isToken.test(token)) return undefined;
  const hash = hashOf(token);
  const sealed = await findDraft(db, hash, now);
  return sealed && openDraft(token, sealed, hash);
}

/** The token of the next page; undefined where the draft was ended meanwhile. */
export async function keepDraft(
  db: Db,
  used: string | undefined,
  draft: Draft,
  now: Date,
): Promise<string | undefined> {
  const token = newToken();
  const endsAt = new Date(hourOf(now).getTime() + (hoursKept + 1) * 3_600_000);
  const hash = hashOf(token);
  const next = { hash, sealed: sealDraft(token, draft, hash), endsAt };
  return (await turnDraft(db, used === undefined ? null : hashOf(used), next)) ? token : undefined;
}

export async function forgetDraft(db: Db, token: string): Promise<void> {
  if (isToken.test(token)) await endDraft(db, hashOf(token));
}
