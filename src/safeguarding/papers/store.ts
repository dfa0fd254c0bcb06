/** Stores the versions of letters and handovers in the safeguarding database: number, time and digests, never the words. */
import { type ColumnType, sql } from 'kysely';
import { deriveKey, type UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import type { PaperVersion } from '../../platform/paper/paper-versions.ts';
import type { AgencyId, Id, MemberId, PersonId } from '../../vocabulary/ids.ts';
import type { HandoverId } from '../actions/action.ts';
import type { GrantId } from '../consent/grant.ts';
import type { ConsentTables } from '../consent/store.ts';
import type { HandoverTables } from '../handovers/store.ts';

/** What a paper is made of: what one agency was shown, or a handover. */
export type PaperSubject =
  | { readonly grantId: GrantId; readonly handoverId: null }
  | { readonly grantId: null; readonly handoverId: HandoverId };
export type SafeguardingPaper = PaperVersion &
  PaperSubject & {
    readonly id: Id<'paper'>;
    readonly agencyId: AgencyId;
    readonly madeBy: MemberId;
    /** The actions that a printed handover names. */
    readonly actions: readonly string[];
  };

export type SafeguardingPaperTables = {
  safeguardingPapers: {
    id: Id<'paper'>;
    grantId: GrantId | null;
    handoverId: HandoverId | null;
    agencyId: AgencyId;
    authorId: MemberId;
    version: ColumnType<number, never, never>;
    parts: ColumnType<PaperVersion['parts'], string, never>;
    changes: ColumnType<readonly string[], string[], never>;
    actions: ColumnType<readonly string[], string[], never>;
    madeAt: Date;
  };
};
type Db = Reader<SafeguardingPaperTables>;

export const ofGrant = (grantId: GrantId): PaperSubject => ({ grantId, handoverId: null });
export const ofHandover = (handoverId: HandoverId): PaperSubject => ({ grantId: null, handoverId });

const versions = (db: Db) =>
  db
    .selectFrom('safeguardingPapers')
    .select(['id', 'grantId', 'handoverId', 'version', 'parts', 'changes', 'authorId as madeBy', 'madeAt'])
    .orderBy('version', 'desc');

/** The newest first. */
export const listPaperVersions = (db: Db, { grantId, handoverId }: PaperSubject): Promise<PaperVersion[]> =>
  (grantId
    ? versions(db).where('grantId', '=', grantId)
    : versions(db).where('handoverId', '=', handoverId as HandoverId)
  ).execute();

/** The database gives the number. */
export async function addPaperVersion(
  tx: Writer<SafeguardingPaperTables>,
  { madeBy, parts, changes, actions, ...row }: Omit<SafeguardingPaper, 'version'>,
): Promise<void> {
  await tx
    .insertInto('safeguardingPapers')
    .values({
      ...row,
      authorId: madeBy,
      parts: JSON.stringify(parts),
      changes: [...changes],
      actions: [...actions],
    })
    .execute();
}

/** From the key of the record itself: once that is destroyed, the digests tell nothing, not even in a backup. */
export async function readDigestKey(
  db: AuditedReader<ConsentTables & HandoverTables>,
  keys: UnitKeys,
  { grantId, handoverId }: PaperSubject,
): Promise<string> {
  const row = grantId
    ? await db.selectFrom('personGrants').select(['id', 'wrappedKey']).where('id', '=', grantId).executeTakeFirst()
    : await db
        .selectFrom('handovers')
        .select(['id', 'wrappedKey'])
        .where('id', '=', handoverId as HandoverId)
        .executeTakeFirst();
  const { id, wrappedKey } = found(row, 'paper');
  return deriveKey(keys.unwrap(wrappedKey, id), 'made papers');
}

/** A paper of a person, with its newest version. */
export type ListedPaper = PaperSubject & {
  /** The agency that a letter is to; null for a handover. */
  readonly recipient: AgencyId | null;
  readonly act: 'share' | 'refer' | null;
  /** Of a handover, its author. */
  readonly handedOverBy: MemberId | null;
  readonly since: Date;
  /** Whether it can still be printed. */
  readonly open: boolean;
  readonly version: number | null;
  readonly madeBy: MemberId | null;
  readonly madeAt: Date | null;
};

/** What the agency shared about a person, and the handovers that name an action for them, the latest first. Opens nothing sealed. */
export async function listPapersOfPerson(
  db: AuditedReader<ConsentTables & HandoverTables & SafeguardingPaperTables>,
  ids: readonly PersonId[],
  agencyId: string,
  now: Date,
): Promise<ListedPaper[]> {
  const { rows } = await sql<ListedPaper>`
    with papers as (
      select g.id as grant_id, null::uuid as handover_id, g.recipient, g.act, null::uuid as handed_over_by,
             g.made_at as since, g.ended_at is null and g.until > ${now} as open
        from person_grants g
       where g.person_id = any (${sql.val([...ids])}::uuid[]) and g.from_agency = ${agencyId}
      union all
      select null, h.id, null, null, h.author_id, h.made_at, true
        from handovers h
       where h.id in (select t.handover_id from person_actions t where t.person_id = any (${sql.val([...ids])}::uuid[])))
    select papers.*, v.version, v.author_id as made_by, v.made_at
      from papers left join lateral (
        select s.version, s.author_id, s.made_at from safeguarding_papers s
         where s.grant_id = papers.grant_id or s.handover_id = papers.handover_id
         order by s.version desc limit 1) v on true
     order by papers.since desc, coalesce(papers.grant_id, papers.handover_id)`.execute(db);
  return rows;
}
