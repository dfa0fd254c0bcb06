/** Stores the agreements between agencies. The database keeps their earlier versions. */
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import type { Agreement, AgreementId } from './agreement.ts';

type AgencyLists = 'agencies' | 'confirmed' | 'alsoAsks' | 'withdrawn';
export type AgreementTables = {
  agreements: Mutable<Omit<Agreement, AgencyLists>> & { [List in AgencyLists]: AgencyId[] };
};

export const listAgreements = (db: Reader<AgreementTables>): Promise<Agreement[]> =>
  db.selectFrom('agreements').selectAll().orderBy('reviewOn').orderBy('id').execute();

export const getAgreement = (db: Reader<AgreementTables>, id: string): Promise<Agreement> =>
  db
    .selectFrom('agreements')
    .selectAll()
    .where('id', '=', id as AgreementId)
    .executeTakeFirstOrThrow(() => notFound('agreement'));

/** Held until the transaction ends. Not found where the member's agency is not asked about it. */
export const lockAgreement = (tx: Writer<AgreementTables>, id: string): Promise<Agreement> =>
  tx
    .selectFrom('agreements')
    .selectAll()
    .where('id', '=', id as AgreementId)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('agreement'));

const toRow = ({ agencies, confirmed, alsoAsks, withdrawn, ...rest }: Agreement) => ({
  ...rest,
  agencies: [...agencies],
  confirmed: [...confirmed],
  alsoAsks: [...alsoAsks],
  withdrawn: [...withdrawn],
});

export async function addAgreement(tx: Writer<AgreementTables>, agreement: Agreement): Promise<void> {
  await tx.insertInto('agreements').values(toRow(agreement)).execute();
}

export async function saveAgreement(tx: Writer<AgreementTables>, agreement: Agreement): Promise<void> {
  await tx.updateTable('agreements').set(toRow(agreement)).where('id', '=', agreement.id).execute();
}
