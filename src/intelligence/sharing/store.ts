/** Stores shared intelligence in PostgreSQL: each copy as one sealed value under a key of its own. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { ItemId } from '../items/item.ts';
import { sealedContentOf } from '../sealed-content.ts';
import type { Share, SharedContent, ShareId } from './share.ts';

type ShareRow = { -readonly [Key in keyof Omit<Share, 'receivedAt'>]: Share[Key] } & {
  sealedContent: Buffer | null;
  wrappedKey: Buffer | null;
};
export type ShareTables = {
  intelligenceShares: ShareRow;
  intelligenceShareReceipts: { shareId: ShareId; receivedBy: MemberId; receivedAt: Date };
};
type Tx = Writer<ShareTables>;

const sealed = sealedContentOf<SharedContent>('intelligence_shares', 1_024);

/** Content is undefined once it was recalled. */
export type OpenShare = Share & { readonly content: SharedContent | undefined };

const selectShares = (db: Reader<AnyTables>) =>
  (db as unknown as Reader<ShareTables>)
    .selectFrom('intelligenceShares as s')
    .leftJoin('intelligenceShareReceipts as r', 'r.shareId', 's.id')
    .selectAll('s')
    .select('r.receivedAt');

type Selected = Awaited<ReturnType<ReturnType<typeof selectShares>['executeTakeFirstOrThrow']>>;
const open = (keys: UnitKeys, { sealedContent, wrappedKey, ...share }: Selected): OpenShare => ({
  ...share,
  content: sealedContent && wrappedKey ? sealed.open(keys, share.id, { sealedContent, wrappedKey }) : undefined,
});
const withoutContent = ({ sealedContent: _content, wrappedKey: _key, ...share }: Selected): Share => share;

/** Of one item, the latest first. */
export const listSharesOf = async (db: AuditedReader<AnyTables>, itemId: ItemId): Promise<readonly Share[]> =>
  (await selectShares(db).where('s.itemId', '=', itemId).orderBy('s.sharedAt', 'desc').orderBy('s.id').execute()).map(
    withoutContent,
  );

/** What this agency was given, the latest first. */
export async function listReceived(
  db: AuditedReader<AnyTables>,
  agencyId: AgencyId,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly shares: readonly Share[]; readonly total: number }> {
  const { total } = await (db as unknown as Reader<ShareTables>)
    .selectFrom('intelligenceShares')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('toAgencyId', '=', agencyId)
    .executeTakeFirstOrThrow();
  const rows = await selectShares(db)
    .where('s.toAgencyId', '=', agencyId)
    .orderBy('s.sharedAt', 'desc')
    .orderBy('s.id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { shares: rows.map(withoutContent), total: Number(total) };
}

/** One that this agency was given. */
export async function getReceived(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  id: ShareId,
  agencyId: AgencyId,
): Promise<OpenShare> {
  const row = await selectShares(db)
    .where('s.id', '=', id)
    .where('s.toAgencyId', '=', agencyId)
    .executeTakeFirstOrThrow(() => notFound('shared intelligence'));
  return open(keys, row);
}

/** One that this agency gave. */
export async function getGiven(db: AuditedReader<AnyTables>, id: ShareId, agencyId: AgencyId): Promise<Share> {
  const row = await selectShares(db)
    .where('s.id', '=', id)
    .where('s.agencyId', '=', agencyId)
    .executeTakeFirstOrThrow(() => notFound('shared intelligence'));
  return withoutContent(row);
}

export type NewShare = Omit<Share, 'recalledBy' | 'recalledAt' | 'recallReason' | 'receivedAt'>;

/** False where it is shared with that agency already. */
export async function addShare(tx: Tx, keys: UnitKeys, share: NewShare, content: SharedContent): Promise<boolean> {
  const there = await tx
    .selectFrom('intelligenceShares')
    .select('id')
    .where('itemId', '=', share.itemId)
    .where('toAgencyId', '=', share.toAgencyId)
    .where('recalledAt', 'is', null)
    .executeTakeFirst();
  if (there) return false;
  await tx
    .insertInto('intelligenceShares')
    .values({
      ...share,
      ...sealed.seal(keys, share.id, content),
      recalledBy: null,
      recalledAt: null,
      recallReason: null,
    })
    .execute();
  return true;
}

type Recall = { readonly recalledBy: MemberId; readonly recalledAt: Date; readonly recallReason: string };

/** Takes the copy away. False where it was recalled before. */
export async function recallShare(tx: Tx, id: ShareId, recall: Recall): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('intelligenceShares')
    .set({ ...recall, sealedContent: null, wrappedKey: null })
    .where('id', '=', id)
    .where('recalledAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Once: who accepted it first stays. */
export async function receiveShare(tx: Tx, receipt: ShareTables['intelligenceShareReceipts']): Promise<void> {
  await tx
    .insertInto('intelligenceShareReceipts')
    .values(receipt)
    .onConflict((on) => on.doNothing())
    .execute();
}

/** Shared with this agency, not recalled, and not read by anybody there. */
export async function countUnread(db: Reader<AnyTables>, agencyId: AgencyId): Promise<number> {
  const { count } = await (db as unknown as Reader<ShareTables>)
    .selectFrom('intelligenceShares as s')
    .leftJoin('intelligenceShareReceipts as r', 'r.shareId', 's.id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('s.toAgencyId', '=', agencyId)
    .where('s.recalledAt', 'is', null)
    .where('r.shareId', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
