/** Stores requests to open a source identity, or a file as received, in PostgreSQL. Rows are added and never changed. */
import { sql } from 'kysely';
import type { AnyTables, Db, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { ReportId } from '../report.ts';
import type { ContactDecision, ContactOpening } from './identity-request.ts';

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };
export type ContactTables = {
  contactOpenings: Mutable<ContactOpening>;
  contactDecisions: Mutable<ContactDecision>;
};

export type ToldOpening = ContactOpening & { readonly decision: ContactDecision | undefined };

const openings = (db: Reader<AnyTables>) =>
  db
    .selectFrom('contactOpenings as o')
    .leftJoin('contactDecisions as d', 'd.id', 'o.id')
    .selectAll('o')
    .select(['d.granted', 'd.reasons', 'd.decidedBy', 'd.decidedAt'])
    .orderBy('o.askedAt', 'desc')
    .orderBy('o.id');

function toTold({ granted, reasons, decidedBy, decidedAt, ...opening }: Record<string, unknown>): ToldOpening {
  const decision = decidedBy ? { id: opening.id, granted, reasons, decidedBy, decidedAt } : undefined;
  return { ...opening, decision } as unknown as ToldOpening;
}

/** All that who asks may know of, the latest first. */
export const listContactOpenings = async (db: Reader<AnyTables>): Promise<ToldOpening[]> =>
  (await openings(db).limit(200).execute()).map(toTold);

export const openingsOf = async (db: Reader<AnyTables>, reportId: ReportId): Promise<ToldOpening[]> =>
  (await openings(db).where('o.reportId', '=', reportId).execute()).map(toTold);

export async function getContactOpening(db: Reader<AnyTables>, id: string): Promise<ToldOpening> {
  const row = await openings(db).where('o.id', '=', id).executeTakeFirst();
  if (!row) throw notFound('opening');
  return toTold(row);
}

/** Whether a reader's report bears it at all. */
export async function isContactHeld(db: Reader<AnyTables>, id: ReportId): Promise<boolean> {
  const { rows } = await sql<{ held: boolean | null }>`select ctx.contact_held(${id}) as held`.execute(db as Db);
  return rows[0]?.held === true;
}

const uniqueViolation = '23505';
/** Of a report that was taken back, as its trigger says it. */
const notInThatState = '55000';

async function once(write: Promise<unknown>): Promise<Result<true, 'already' | 'taken back'>> {
  try {
    await write;
    return accept(true);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === uniqueViolation) return refuse('already');
    if (code === notInThatState) return refuse('taken back');
    throw error;
  }
}

/** Refused where one has asked already and waits, or has it open. */
export const addContactOpening = (
  tx: Writer<ContactTables>,
  opening: ContactOpening,
): Promise<Result<true, 'already' | 'taken back'>> => once(tx.insertInto('contactOpenings').values(opening).execute());

/** Refused where another custodian was quicker. */
export const addContactDecision = (
  tx: Writer<ContactTables>,
  decision: ContactDecision,
): Promise<Result<true, 'already' | 'taken back'>> =>
  once(tx.insertInto('contactDecisions').values(decision).execute());
