/** Stores versions of the settings of the public site in PostgreSQL: proposed once, decided once, never changed. */
import { type ColumnType, sql } from 'kysely';
import type { Databases, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { checkViolation, refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { SettingsReading } from '../../platform/site-settings.ts';
import type { Result } from '../../vocabulary/result.ts';
import type { Setting, SettingDecision, SettingId, SettingKind, SettingVersion } from './setting.ts';

type Content = Setting['content'];
export type PublicSettingTables = {
  publicSiteOpenBeforeSettings: { notedAt: Date };
  publicSettings: Mutable<Omit<Setting, 'content'>> & { content: ColumnType<Content, string, never> };
  publicSettingDecisions: Mutable<SettingDecision>;
};

const queryVersions = (db: Reader<PublicSettingTables>) =>
  db
    .selectFrom('publicSettings as s')
    .leftJoin('publicSettingDecisions as d', 'd.id', 's.id')
    .selectAll('s')
    .select(['d.approved', 'd.reason', 'd.decidedBy', 'd.decidedAt'])
    .select(
      sql<boolean>`not exists (select from public_settings later where later.kind = s.kind and later.part = s.part
        and (later.proposed_at, later.id) > (s.proposed_at, s.id))`.as('newest'),
    )
    .orderBy('s.proposedAt', 'desc')
    .orderBy('s.id', 'desc');

type VersionRow = Setting & { readonly newest: boolean } & {
  readonly [Column in keyof Omit<SettingDecision, 'id'>]: SettingDecision[Column] | null;
};

function toVersion({ newest, approved, reason, decidedBy, decidedAt, ...setting }: VersionRow): SettingVersion {
  const decision =
    approved !== null && decidedBy && decidedAt
      ? { id: setting.id, approved, reason, decidedBy, decidedAt }
      : undefined;
  return { setting, decision, newest };
}

/** The latest first, at most two hundred. */
export async function listVersions(db: Reader<PublicSettingTables>): Promise<SettingVersion[]> {
  return (await queryVersions(db).limit(200).execute()).map(toVersion);
}

/** The newest version of each part. */
export async function listNewestVersions(
  db: Reader<PublicSettingTables>,
  kind?: SettingKind,
): Promise<SettingVersion[]> {
  let query = queryVersions(db).where(
    sql<boolean>`not exists (select from public_settings later where later.kind = s.kind and later.part = s.part
      and (later.proposed_at, later.id) > (s.proposed_at, s.id))`,
  );
  if (kind) query = query.where('s.kind', '=', kind);
  return (await query.execute()).map(toVersion);
}

/** What the public reads now: the version of each part that was approved last. */
export async function listApprovedVersions(
  db: Reader<PublicSettingTables>,
  kind: SettingKind,
): Promise<SettingVersion[]> {
  const rows = await queryVersions(db)
    .distinctOn('s.part')
    .clearOrderBy()
    .where('s.kind', '=', kind)
    .where('d.approved', '=', true)
    .orderBy('s.part')
    .orderBy('d.decidedAt', 'desc')
    .orderBy('s.proposedAt', 'desc')
    .orderBy('s.id', 'desc')
    .execute();
  return rows.map(toVersion);
}

/** Whether the public site of a live installation is open: its opening was approved, or it was in use before it had settings. */
export async function isPublicSiteOpen(db: Reader<PublicSettingTables>): Promise<boolean> {
  const [before] = await db.selectFrom('publicSiteOpenBeforeSettings').select('notedAt').limit(1).execute();
  return before !== undefined || (await listApprovedVersions(db, 'opening')).length > 0;
}

export const getVersion = async (db: Reader<PublicSettingTables>, id: string): Promise<SettingVersion> =>
  toVersion(
    await queryVersions(db)
      .where('s.id', '=', id as SettingId)
      .executeTakeFirstOrThrow(() => notFound('version')),
  );

/** The version that this one took the place of, or would take: the one approved last before it was decided. */
export async function findVersionBefore(
  db: Reader<PublicSettingTables>,
  { setting, decision }: SettingVersion,
): Promise<SettingVersion | undefined> {
  let query = queryVersions(db)
    .clearOrderBy()
    .where('s.kind', '=', setting.kind)
    .where('s.part', '=', setting.part)
    .where('s.id', '<>', setting.id)
    .where('d.approved', '=', true)
    .orderBy('d.decidedAt', 'desc')
    .orderBy('s.proposedAt', 'desc')
    .orderBy('s.id', 'desc')
    .limit(1);
  if (decision) query = query.where('d.decidedAt', '<', decision.decidedAt);
  const row = await query.executeTakeFirst();
  return row && toVersion(row);
}

/** The database dates it. An earlier version of its part that waits is replaced by it. */
export const addVersions = async (tx: Writer<PublicSettingTables>, settings: readonly Setting[]): Promise<void> => {
  if (settings.length > 0)
    await tx
      .insertInto('publicSettings')
      .values(settings.map((one) => ({ ...one, content: JSON.stringify(one.content) })))
      .execute();
};

/** The database dates it. Refused where another person decided first, or where a newer version was proposed. */
export const addSettingDecisions = (
  tx: Writer<PublicSettingTables>,
  decisions: readonly SettingDecision[],
): Promise<Result<unknown, 'decided already' | 'replaced'>> =>
  refuseOn({ [uniqueViolation]: 'decided already', [checkViolation]: 'replaced' }, () =>
    tx
      .insertInto('publicSettingDecisions')
      .values([...decisions])
      .execute(),
  );

type PublishedRow = {
  readonly version: string;
  readonly kind: string | null;
  readonly part: string | null;
  readonly content: unknown;
};

/** Reads what the public may read of it, under the role of the public site where this process has that. */
export const readPublishedSettings =
  (databases: Databases) =>
  async (known: string | undefined): Promise<SettingsReading> => {
    const db = databases.for('main', databases.has('main', 'public') ? 'public' : 'staff');
    const { rows } = await sql<PublishedRow>`select * from ctx.published_settings(${known ?? null})`.execute(db);
    const version = rows[0]?.version ?? '';
    if (version === known) return { version, settings: undefined };
    const settings = rows.flatMap(({ kind, part, content }) => (kind && part ? [{ kind, part, content }] : []));
    return { version, settings };
  };
