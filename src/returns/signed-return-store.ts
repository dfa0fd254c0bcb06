/** Signed returns for the newsroom, read under the publisher role: figures, and no records. */
import type { Reader } from '../platform/database/database.ts';
import { notFound, Problem } from '../platform/http/problem.ts';
import type { Figures, OperationFacts, SignedReturn } from '../vocabulary/figures.ts';
import { calculateDigest, type Return } from './return.ts';

/** A signed return with what the newsroom needs to know about it. */
export type CertifiedReturn = SignedReturn & {
  readonly operationId: string;
  /** The edition of definitions that it was counted by. */
  readonly definitions: string;
  readonly digest: string;
  /** How the figures of people helped were protected. */
  readonly protection: Return['protection'];
  /** The certificate with its signature; null until the background work has signed it. */
  readonly certificate: string | null;
};

export type SignedReturnSummary = Pick<
  CertifiedReturn,
  'id' | 'operationId' | 'version' | 'stage' | 'signedAt' | 'definitions' | 'facts'
> & {
  /** Whether this is the latest that was signed for its operation. */
  readonly latest: boolean;
};

type Row = {
  id: string;
  operationId: string;
  version: number;
  stage: SignedReturn['stage'];
  definitions: string;
  facts: OperationFacts;
  figures: Figures;
  protection: Return['protection'];
};
export type SignedReturnTables = {
  returns: Row;
  returnCertificates: { returnId: string; text: string };
  returnSignatures: { returnId: string; operationId: string; signedAt: Date; digest: string };
};

const selectSignedReturns = (db: Reader<SignedReturnTables>) =>
  db.selectFrom('returns as r').innerJoin('returnSignatures as s', 's.returnId', 'r.id');

/** One signed return. Not found if unsigned or another partnership's; refused if it no longer matches its digest. */
export async function getSignedReturn(db: Reader<SignedReturnTables>, id: string): Promise<CertifiedReturn> {
  const row = await selectSignedReturns(db)
    .leftJoin('returnCertificates as c', 'c.returnId', 'r.id')
    .select('c.text as certificate')
    .select(['r.id', 'r.operationId', 'r.version', 'r.stage', 'r.definitions', 'r.facts', 'r.figures', 'r.protection'])
    .select(['s.signedAt', 's.digest'])
    .where('r.id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('signed return'));
  if (calculateDigest(row) !== row.digest)
    throw new Problem('unavailable', 'the figures are not those that were signed');
  return row;
}

/** Signed returns, the latest first: of one operation, or of all that who asks takes part in. At most `limit` of them. */
export async function listSignedReturns(
  db: Reader<SignedReturnTables>,
  { operationId, limit = 100 }: { readonly operationId?: string; readonly limit?: number } = {},
): Promise<SignedReturnSummary[]> {
  let query = selectSignedReturns(db)
    .select(['r.id', 'r.operationId', 'r.version', 'r.stage', 'r.definitions', 'r.facts', 's.signedAt'])
    .select((row) =>
      row
        .not(
          row.exists(
            row
              .selectFrom('returns as later')
              .innerJoin('returnSignatures as sealed', 'sealed.returnId', 'later.id')
              .whereRef('later.operationId', '=', 'r.operationId')
              .whereRef('later.version', '>', 'r.version')
              .select('later.id'),
          ),
        )
        .as('latest'),
    );
  if (operationId) query = query.where('r.operationId', '=', operationId);
  const rows = await query.orderBy('s.signedAt', 'desc').orderBy('r.id', 'desc').limit(limit).execute();
  return rows.map((row) => ({ ...row, latest: Boolean(row.latest) }));
}
