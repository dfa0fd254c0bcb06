/** Steps of a release under lock: what each needs, what it leaves for others to read, and whom it notifies. */
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import type { Request } from '../../platform/http/server.ts';
import { announce } from '../../platform/notifications/index.ts';
import { type Result, refuse } from '../../vocabulary/result.ts';
import { addSubmitted } from '../submitted-releases/store.ts';
import type { CheckedRelease } from './reading.ts';
import type { ActKind } from './release.ts';
import { divideStops } from './stopped-words.ts';
import { addAct, lockRelease, type Release, saveRelease } from './store.ts';
import { rowNames } from './table-choice.ts';

/** Steps on the way to the public. */
const forward: readonly ActKind[] = ['submitted', 'approved', 'published', 'corrected'];

/** Decides on current data, saves the result and records who did it. A text that a safeguarding lead stopped goes no further. */
export async function applyAct<Refusal extends string>(
  tx: Writer<AnyTables>,
  id: string,
  { actor, now }: Pick<Request, 'actor' | 'now'>,
  kind: ActKind,
  note: string | null,
  decide: (release: Release) => Promise<Result<Release, Refusal>>,
): Promise<Result<Release, Refusal | 'stopped'>> {
  const release = await lockRelease(tx, id);
  if (forward.includes(kind) && (await divideStops(tx, release)).now.length > 0) return refuse('stopped');
  const decided = await decide(release);
  if (!decided.ok) return decided;
  await saveRelease(tx, decided.value);
  await addAct(tx, decided.value, kind, actor, now, note);
  if (kind === 'submitted') await announceSubmitted(tx, decided.value, actor.memberId);
  return decided;
}

/** The text as safeguarding leads read it, while it waits. */
export async function keepSubmitted(
  tx: Writer<AnyTables>,
  { id, agencyId, operationId, revision, embargoUntil, cautions }: Release,
  { said, figures, leftOut }: Pick<CheckedRelease, 'said' | 'figures' | 'leftOut'>,
  submittedAt: Date,
): Promise<void> {
  if (!said) return;
  const text = { ...said, cautions, leftOut: rowNames(leftOut) };
  await addSubmitted(tx, { id, agencyId, operationId, revision, text, figures, embargoUntil, submittedAt });
}

/**
 * To the press officers who may approve it, and to the safeguarding leads who can read it: of the agencies of the
 * operation. No operation is behind an imported release, so any other agency may approve and read it.
 */
async function announceSubmitted(
  tx: Writer<AnyTables>,
  { id, operationId, agencyId, importedReleaseId }: Release,
  except: string,
): Promise<void> {
  const isImported = importedReleaseId !== null;
  const of = isImported ? { operation: null, agency: null } : { operation: operationId, agency: agencyId };
  const press = { ...of, colleagues: ['press'], except, ...(isImported && { exceptAgency: agencyId }) } as const;
  await announce(tx, id, { kind: 'release to approve', among: press });
  await announce(tx, id, { kind: 'release to read', among: { ...of, colleagues: ['safeguarding lead'], except } });
}
