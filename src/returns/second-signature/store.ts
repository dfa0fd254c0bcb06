/** How the two signatures of a final return, and of its revisions, lie in PostgreSQL. Triggers refuse the member who signed first, and what changed since. */
import { sql } from 'kysely';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { announce } from '../../platform/notifications/index.ts';
import type { OperationId, ReturnId } from '../../vocabulary/ids.ts';
import type { FirstSignature, SecondSignature } from './second-signature.ts';

export type SecondSignatureTables = {
  returns: { id: ReturnId };
  returnFirstSignatures: {
    id: string;
    returnId: ReturnId;
    operationId: OperationId;
    signedBy: string;
    signedAt: Date;
    stage: FirstSignature['stage'];
    digest: string;
    content: string;
  };
  returnSecondSignatures: { id: string; operationId: OperationId } & SecondSignature;
};

/** The newest signature of each of these returns that has one. */
export async function listFirstSignatures(
  db: Reader<SecondSignatureTables>,
  returnIds: readonly string[],
): Promise<FirstSignature[]> {
  const rows = await db
    .selectFrom('returnFirstSignatures as f')
    .innerJoin('returns as r', 'r.id', 'f.returnId')
    .leftJoin('returnSecondSignatures as d', 'd.id', 'f.id')
    .distinctOn('f.returnId')
    .select(['f.id', 'f.returnId', 'f.operationId', 'f.signedBy', 'f.signedAt', 'f.stage', 'f.digest'])
    .select(['d.decidedBy', 'd.decidedAt', 'd.approved', 'd.reason'])
    .select(sql<boolean>`f.content = return_content(r)`.as('unchanged'))
    .where('f.returnId', '=', sql<ReturnId>`any (${sql.val([...returnIds])}::uuid[])`)
    .orderBy('f.returnId')
    .orderBy('f.signedAt', 'desc')
    .orderBy('f.id', 'desc')
    .execute();
  return rows.map(({ decidedBy, decidedAt, approved, reason, ...row }) => ({
    ...row,
    decision: decidedBy && decidedAt && approved !== null ? { decidedBy, decidedAt, approved, reason } : null,
  }));
}

export const findFirstSignature = async (
  db: Reader<SecondSignatureTables>,
  returnId: string,
): Promise<FirstSignature | undefined> => (await listFirstSignatures(db, [returnId]))[0];

/** The database adds what was signed. */
export async function addFirstSignature(
  tx: Writer<SecondSignatureTables>,
  signature: Pick<FirstSignature, 'id' | 'returnId' | 'operationId' | 'signedBy' | 'signedAt' | 'stage' | 'digest'>,
): Promise<void> {
  await tx
    .insertInto('returnFirstSignatures')
    .values({ ...signature, content: '' })
    .execute();
}

/** Tells those who can countersign: analysts and commanders of the agency that leads, except the one who signed. */
export const announceForSecond = (
  tx: Writer<AnyTables>,
  { returnId, signedBy }: Pick<FirstSignature, 'returnId' | 'signedBy'>,
  leadAgency: string,
): Promise<void> =>
  announce(tx, returnId, {
    kind: 'return to sign',
    among: { operation: null, agency: leadAgency, colleagues: ['analyst', 'commander'], except: signedBy },
  });

/** Countersigns, which signs the return at its stage, or sends it back. Of two at once, the later is refused. */
export const addSecondSignature = (
  tx: Writer<SecondSignatureTables>,
  decision: SecondSignature & Pick<FirstSignature, 'id' | 'operationId'>,
) =>
  refuseOn({ [uniqueViolation]: 'decided before' } as const, () =>
    tx.insertInto('returnSecondSignatures').values(decision).execute(),
  );
