/** How the log, and how people stood to records, are read. Each store's log is read under its own role of the auditor. */
import { type ExpressionBuilder, sql } from 'kysely';
import type { LogRow } from '../platform/audit-hook/audit.ts';
import { instantAt } from '../platform/clock.ts';
import { anyOf } from '../platform/database/any-of.ts';
import type { AnyTables, AuditedReader, Mutable, Reader, Writer } from '../platform/database/database.ts';
import { addDays } from '../vocabulary/calendar/days.ts';
import type { AgencyKind, Role, Side } from '../vocabulary/people.ts';
import type { Granted, RecordState, Span, Term } from './possible-access/possible-access.ts';

export type Entry = LogRow & { readonly id: number };

/** Accesses by those who answer for the log or a request. They saw who viewed a record, not the record. */
export const isOversightAccess = ({ purpose }: Pick<Entry, 'purpose'>): boolean => purpose === 'audit';
/** Nothing was shown. */
export const isRefusal = ({ kind }: Pick<Entry, 'kind'>): boolean => kind === 'refusal';

export type AccessAnswer = {
  readonly id: string;
  readonly agencyId: string;
  readonly sort: string;
  readonly memberId: string;
  readonly requestId: string;
  readonly words: string;
  readonly answeredBy: string;
  readonly answeredAt: Date;
};
export type LogTables = { accessLog: Mutable<Entry>; accessReviews: Mutable<AccessAnswer> };

/** Days count from midnight to midnight where the partnership works. */
export type LogCriteria = {
  readonly record?: string | undefined;
  readonly member?: string | undefined;
  readonly owner?: string | undefined;
  /** What was viewed through one use of emergency access. */
  readonly glass?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

const toCondition =
  ({ record, member, owner, glass, from, to }: LogCriteria) =>
  (on: ExpressionBuilder<LogTables, 'accessLog'>) =>
    on.and([
      ...(record ? [sql<boolean>`(xid, id) in (select r.xid, r.id from ctx.log_rows_about(${record}) r)`] : []),
      ...(member ? [on('memberId', '=', member)] : []),
      ...(glass ? [on('breakGlassId', '=', glass)] : []),
      ...(owner ? [on('ownerId', '=', owner)] : []),
      ...(from ? [on('at', '>=', instantAt(from, '00:00'))] : []),
      ...(to ? [on('at', '<', instantAt(addDays(to, 1), '00:00'))] : []),
    ]);

/** So many rows are counted and leafed through, and a longer list is narrowed by days: no page costs more the longer the log grows. */
export const maxCounted = 10_000;

/** One page, the latest first, and how many there are, as far as they are counted. */
export async function paginateLog(
  db: AuditedReader<LogTables>,
  asked: LogCriteria,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly entries: Entry[]; readonly total: number }> {
  const { total } = await db
    .selectFrom(
      db
        .selectFrom('accessLog')
        .select('id')
        .where(toCondition(asked))
        .limit(maxCounted + 1)
        .as('counted'),
    )
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const before = (page - 1) * size;
  if (before >= maxCounted) return { entries: [], total };
  const entries = await db
    .selectFrom('accessLog')
    .selectAll()
    .where(toCondition(asked))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset(before)
    .execute();
  return { entries, total };
}

/** Views and changes of any of these records, oldest first. */
export async function listLogOfRecords(db: AuditedReader<LogTables>, records: readonly string[]): Promise<Entry[]> {
  const ids = sql`${sql.val([...records])}::uuid[]`;
  return db
    .selectFrom('accessLog')
    .selectAll()
    .where(sql<boolean>`(subject = any (${ids}) or returned && ${ids})`)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** Log entries since then, to find unusual accesses in. Limited to the number that one request can check. */
export const listLogSince = (db: AuditedReader<LogTables>, since: Date, most: number): Promise<Entry[]> =>
  db
    .selectFrom('accessLog')
    .selectAll()
    .where('at', '>=', since)
    .where('memberId', 'is not', null)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

const toSpan = (since: Date | null, until: Date | null): Span => ({
  since: since?.getTime() ?? -Infinity,
  until: until?.getTime() ?? Infinity,
});

type RecordStateRow = {
  readonly id: string;
  readonly keptIn: string;
  readonly since: Date | null;
  readonly until: Date | null;
  readonly said: Record<string, unknown>;
};

/** How many parents a record can have: a screening has its arrest, and that its visit. */
const maxParentDepth = 4;

/** The history of the columns that decide access, for these records, their parents and the premises of visits. Empty for records that the member does not answer for. */
export async function readRecordStates(
  db: Reader<AnyTables>,
  ids: readonly string[],
  /** Other records that decide access to this one. */
  dependsOn: (standing: RecordState) => readonly string[],
): Promise<Map<string, RecordState[]>> {
  const found = new Map<string, RecordState[]>();
  let wanted = [...new Set(ids)];
  for (let depth = 0; depth < maxParentDepth && wanted.length > 0; depth += 1) {
    const { rows } = await sql<RecordStateRow>`
      select id, kept_in, since, until, said from ctx.standings_of(${sql.val(wanted)}::uuid[])`.execute(db);
    for (const { id, keptIn, since, until, said } of rows)
      found.set(id, [...(found.get(id) ?? []), { ...toSpan(since, until), keptIn, said }]);
    const above = wanted.flatMap((id) => (found.get(id) ?? []).flatMap(dependsOn));
    wanted = [...new Set(above)].filter((id) => !found.has(id));
  }
  return found;
}

type TermTables = {
  memberTerms: { memberId: string; agencyId: string; roles: Role[]; since: Date; until: Date | null };
  agencies: { id: string; side: Side; kind: AgencyKind };
  grants: Pick<Granted, 'relation' | 'subject' | 'memberId' | 'agencyId'> & { since: Date; until: Date | null };
};

export type AccessHistory = { readonly terms: readonly Term[]; readonly grants: readonly Granted[] };

/** All roles and grants of members, with start and end; of the grants only those of `subjects`, where some are named. */
export async function readAccessHistory(db: Reader<TermTables>, subjects?: readonly string[]): Promise<AccessHistory> {
  const terms = await db
    .selectFrom('memberTerms as t')
    .innerJoin('agencies as a', 'a.id', 't.agencyId')
    .select(['t.memberId', 't.agencyId', 't.roles', 't.since', 't.until', 'a.side', 'a.kind'])
    .execute();
  const grants = await db
    .selectFrom('grants')
    .select(['relation', 'subject', 'memberId', 'agencyId', 'since', 'until'])
    .$if(subjects !== undefined, (asked) => asked.where('subject', '=', anyOf<string>(subjects ?? [])))
    .execute();
  return {
    terms: terms.map(({ since, until, ...term }) => ({ ...term, ...toSpan(since, until) })),
    grants: grants.map(({ since, until, ...given }) => ({ ...given, ...toSpan(since, until) })),
  };
}

export const listAnswers = (db: Reader<LogTables>): Promise<AccessAnswer[]> =>
  db.selectFrom('accessReviews').selectAll().orderBy('answeredAt').execute();

export async function addAnswers(tx: Writer<LogTables>, answers: readonly AccessAnswer[]): Promise<void> {
  await tx
    .insertInto('accessReviews')
    .values([...answers])
    .execute();
}
