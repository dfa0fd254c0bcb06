/** Stores requests from people about their data in PostgreSQL, separately in each database. */
import type { ColumnType } from 'kysely';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { RedactionDecisions, RequestId, SubjectRequest } from './subject-access-request.ts';

export type RequestTables = {
  subjectAccessRequests: Mutable<Omit<SubjectRequest, 'about' | 'marks'>> & {
    about: string[];
    marks: ColumnType<RedactionDecisions, string, string>;
  };
};

export async function paginateRequests(
  db: Reader<RequestTables>,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly requests: SubjectRequest[]; readonly total: number }> {
  const { total } = await db
    .selectFrom('subjectAccessRequests')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const requests = await db
    .selectFrom('subjectAccessRequests')
    .selectAll()
    .orderBy(({ eb }) => eb('state', '=', 'open'), 'desc')
    .orderBy('openedAt', 'desc')
    .orderBy('id')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { requests, total };
}

/** How many wait for an answer, and since when the first of them. */
export const countOpenRequests = (
  db: Reader<RequestTables>,
): Promise<{ readonly count: number; readonly oldest: Date | null }> =>
  db
    .selectFrom('subjectAccessRequests')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('openedAt').as('oldest')])
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();

export const getRequest = (db: Reader<RequestTables>, id: RequestId): Promise<SubjectRequest> =>
  db
    .selectFrom('subjectAccessRequests')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('request'));

/** Held until the transaction ends. */
export const lockRequest = (tx: Writer<RequestTables>, id: RequestId): Promise<SubjectRequest> =>
  tx
    .selectFrom('subjectAccessRequests')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('request'));

export async function addRequest(
  tx: Writer<RequestTables>,
  { about, marks, ...request }: SubjectRequest,
): Promise<void> {
  await tx
    .insertInto('subjectAccessRequests')
    .values({ ...request, about: [...about], marks: JSON.stringify(marks) })
    .execute();
}

export async function saveRequest(
  tx: Writer<RequestTables>,
  { id, state, marks, answeredBy, answeredAt, digest, outcome }: SubjectRequest,
): Promise<void> {
  await tx
    .updateTable('subjectAccessRequests')
    .set({ state, marks: JSON.stringify(marks), answeredBy, answeredAt, digest, outcome })
    .where('id', '=', id)
    .execute();
}
