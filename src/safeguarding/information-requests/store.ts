/** Stores requests and answers in the main database, and decisions in the safeguarding database. A sealed parcel carries an answer across. */
import { sql } from 'kysely';
import { reseal, seal, type UnitKeys, unseal } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import { found } from '../../platform/http/problem.ts';
import { type Listeners, publishEvent } from '../../platform/jobs/outbox.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { ConsentDetails, Decision, InformationRequest, Kind, RequestContent, RequestId } from './request.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
type RequestRow = Mutable<Omit<InformationRequest, keyof RequestContent>> & {
  sealedContent: Buffer;
  wrappedKey: Buffer;
};
type AnswerRow = { id: RequestId; kinds: Kind[]; sealedWords: Buffer; wrappedKey: Buffer; arrivedAt: Date };
type DecisionRow = Mutable<Omit<Decision, 'reasons' | 'agreed'>> & {
  sealedReasons: Buffer | null;
  sealedAgreed: Buffer | null;
  wrappedKey: Buffer | null;
};
export type RequestTables = { informationRequests: RequestRow; informationAnswers: AnswerRow };
type Audited = AuditedReader<RequestTables>;
export type DecisionTables = { informationDecisions: DecisionRow };

const saidContext = (id: string): string => `information_requests/sealed_content/${id}`;
export const wordsContext = (id: string): string => `information_answers/sealed_words/${id}`;
const reasonsContext = (id: string): string => `information_decisions/sealed_reasons/${id}`;
const agreedContext = (id: string): string => `information_decisions/sealed_agreed/${id}`;

export function requestRow(keys: UnitKeys, request: InformationRequest): RequestRow {
  const { who, reference, tests, handling, noticeWhy, ...row } = request;
  const { key, wrapped } = keys.newRecordKey(request.id);
  const said: RequestContent = { who, reference, tests, handling, noticeWhy };
  return { ...row, sealedContent: seal(key, saidContext(request.id), JSON.stringify(said)), wrappedKey: wrapped };
}

function toRequest(keys: UnitKeys, { sealedContent, wrappedKey, ...row }: RequestRow): InformationRequest {
  const said: RequestContent = JSON.parse(
    unseal(keys.unwrap(wrappedKey, row.id), saidContext(row.id), sealedContent).toString(),
  );
  return { ...row, ...said };
}

export const addRequest = async (
  tx: Writer<RequestTables>,
  keys: UnitKeys,
  request: InformationRequest,
): Promise<void> => void (await tx.insertInto('informationRequests').values(requestRow(keys, request)).execute());

export type Answer = { readonly kinds: readonly Kind[]; readonly words: string };
export type RequestWithAnswer = { readonly request: InformationRequest; readonly answer: Answer | undefined };

/** Requests the member may know of, with their answers, the latest first; at most two hundred. */
export async function listRequests(
  db: Audited,
  keys: UnitKeys,
  ids?: readonly RequestId[],
): Promise<RequestWithAnswer[]> {
  let query = db.selectFrom('informationRequests').selectAll().orderBy('askedAt', 'desc').orderBy('id').limit(200);
  if (ids) query = query.where('id', 'in', [...ids]);
  const rows = await query.execute();
  if (rows.length === 0) return [];
  const answers = await db
    .selectFrom('informationAnswers')
    .selectAll()
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return rows.map((row) => {
    const answer = byId.get(row.id);
    return { request: toRequest(keys, row), answer: answer && toAnswer(keys, answer) };
  });
}

/** Requests to this agency before their deadline. The read is logged in the safeguarding database. */
export const countWaiting = (
  db: Reader<RequestTables>,
  recipient: string,
  now: Date,
): Promise<{ readonly count: number; readonly dueAt: Date | null }> =>
  db
    .selectFrom('informationRequests')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min<Date | null>('dueAt').as('dueAt')])
    .where('recipient', '=', recipient as InformationRequest['recipient'])
    .where('dueAt', '>', now)
    .executeTakeFirstOrThrow();

const toAnswer = (keys: UnitKeys, { id, kinds, sealedWords, wrappedKey }: AnswerRow): Answer => ({
  kinds,
  words: unseal(keys.unwrap(wrappedKey, id), wordsContext(id), sealedWords).toString(),
});

export const getRequest = async (db: Audited, keys: UnitKeys, id: RequestId): Promise<RequestWithAnswer> =>
  found((await listRequests(db, keys, [id]))[0], 'request');

export function decisionRow(keys: UnitKeys, { reasons, agreed, ...decision }: Decision): DecisionRow {
  const { key, wrapped } = keys.newRecordKey(decision.id);
  return {
    ...decision,
    sealedReasons: seal(key, reasonsContext(decision.id), reasons),
    sealedAgreed: agreed && seal(key, agreedContext(decision.id), JSON.stringify(agreed)),
    wrappedKey: wrapped,
  };
}

/** After erasure of the record, only the fact of the decision remains. */
const erasedReason = 'The record that it was about was let go, and the reasons with it.';

function toDecision(keys: UnitKeys, { sealedReasons, sealedAgreed, wrappedKey, ...row }: DecisionRow): Decision {
  if (!sealedReasons || !wrappedKey) return { ...row, reasons: erasedReason, agreed: null };
  const key = keys.unwrap(wrappedKey, row.id);
  return {
    ...row,
    reasons: unseal(key, reasonsContext(row.id), sealedReasons).toString(),
    agreed: sealedAgreed && (JSON.parse(unseal(key, agreedContext(row.id), sealedAgreed).toString()) as ConsentDetails),
  };
}

/** Refused if there already is a decision. */
export async function addDecision(
  tx: Writer<DecisionTables>,
  keys: UnitKeys,
  decision: Decision,
): Promise<Result<true, 'decided already'>> {
  const added = await tx
    .insertInto('informationDecisions')
    .values(decisionRow(keys, decision))
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added ? accept(true) : refuse('decided already');
}

/** Decisions on these requests, or all of the member’s agency; at most two hundred. */
export async function listDecisions(
  db: AuditedReader<DecisionTables>,
  keys: UnitKeys,
  requestId?: RequestId,
): Promise<Decision[]> {
  let query = db.selectFrom('informationDecisions').selectAll().orderBy('decidedAt', 'desc').orderBy('id').limit(200);
  if (requestId) query = query.where('requestId', '=', requestId);
  return (await query.execute()).map((row) => toDecision(keys, row));
}

/** All about one person whose record the agency keeps. */
export async function listDecisionsOn(
  db: AuditedReader<DecisionTables>,
  keys: UnitKeys,
  personId: string,
): Promise<Decision[]> {
  const rows = await db
    .selectFrom('informationDecisions')
    .selectAll()
    .where('personId', '=', personId as NonNullable<Decision['personId']>)
    .orderBy('decidedAt')
    .orderBy('id')
    .execute();
  return rows.map((row) => toDecision(keys, row));
}

/** The outbox event that carries an answer across. */
export const answeredEvent = 'information request.answered';

/** Queues an answer, sealed for the main database. A refusal sends nothing. */
export async function sendAnswer(
  tx: Writer<AnyTables>,
  keys: UnitKeys,
  {
    requestId,
    agencyId,
    kinds,
    words,
  }: { requestId: RequestId; agencyId: string; kinds: readonly Kind[]; words: string },
): Promise<void> {
  const { key, wrapped } = keys.newRecordKey(requestId);
  await publishEvent(tx, answeredEvent, requestId, {
    agencyId,
    kinds,
    sealed: seal(key, wordsContext(requestId), words).toString('base64'),
    wrapped: wrapped.toString('base64'),
  });
}

const bytesOf = (text: unknown): Buffer => Buffer.from(String(text), 'base64');

/** The leader process delivers the answer in a transaction of the main database. It is sealed with a key of that database alone. */
export const informationRequestListeners = (keys: UnitKeys): Listeners => ({
  [answeredEvent]: [
    async (tx, { about, details }, now) => {
      const { agencyId, kinds, sealed, wrapped } = details;
      const id = String(about);
      const theirs = reseal(keys, wordsContext(id), id, { sealed: bytesOf(sealed), wrapped: bytesOf(wrapped) });
      await sql`select ctx.take_information_answer(${id}::uuid, ${agencyId}::uuid, ${sql.val(kinds)}::text[],
        ${theirs.sealed}::bytea, ${theirs.wrapped}::bytea)`.execute(tx);
      await sql`select ctx.tell_of_information_answer(${id}::uuid, ${now}::timestamptz)`.execute(tx);
    },
  ],
});

/** Two days before the deadline the leads of the agency that was asked get an urgent notification, once. For the leader. */
export async function remindOfDeadlines(tx: Writer<AnyTables>, now: Date): Promise<void> {
  await sql`select ctx.remind_of_information_deadlines(${now}::timestamptz)`.execute(tx);
}
