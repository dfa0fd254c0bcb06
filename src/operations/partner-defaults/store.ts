/** Stores the defaults of partners in PostgreSQL. */
import type { ColumnType } from 'kysely';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import type { Resource } from '../weeks/operation.ts';
import type { PartnerDefault, UsualPerson } from './partner-default.ts';

export type PartnerDefaultTables = {
  partnerDefaults: Mutable<Omit<PartnerDefault, 'resources' | 'people'>> & {
    resources: ColumnType<Resource[], string, string>;
    people: ColumnType<UsualPerson[], string, string>;
  };
};

/** Those of the agency, by name. */
export const listPartnerDefaults = (db: Reader<PartnerDefaultTables>, agencyId: string): Promise<PartnerDefault[]> =>
  db
    .selectFrom('partnerDefaults')
    .selectAll()
    .where('agencyId', '=', agencyId as AgencyId)
    .orderBy('printedName')
    .orderBy('id')
    .execute();

export const getPartnerDefault = (db: Reader<PartnerDefaultTables>, id: string): Promise<PartnerDefault> =>
  db
    .selectFrom('partnerDefaults')
    .selectAll()
    .where('id', '=', id as PartnerDefault['id'])
    .executeTakeFirstOrThrow(() => notFound('partner default'));

/** Held until the transaction ends. */
export const lockPartnerDefault = (tx: Writer<PartnerDefaultTables>, id: string): Promise<PartnerDefault> =>
  tx
    .selectFrom('partnerDefaults')
    .selectAll()
    .where('id', '=', id as PartnerDefault['id'])
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('partner default'));

/** Each partner has one: the newer answers take the place of the older. */
export async function savePartnerDefault(
  tx: Writer<PartnerDefaultTables>,
  { resources, people, ...one }: PartnerDefault,
): Promise<void> {
  const lists = { resources: JSON.stringify(resources), people: JSON.stringify(people) };
  const { printedName, officialName } = one;
  await tx
    .insertInto('partnerDefaults')
    .values({ ...one, ...lists })
    .onConflict((on) =>
      on.columns(['agencyId', 'partnerAgencyId']).doUpdateSet({ printedName, officialName, ...lists }),
    )
    .execute();
}

export async function removePartnerDefault(
  tx: Writer<PartnerDefaultTables>,
  { id }: Pick<PartnerDefault, 'id'>,
): Promise<void> {
  await tx.deleteFrom('partnerDefaults').where('id', '=', id).execute();
}
