import { type Kysely, sql } from 'kysely';
import { disclosurePurposes } from '../../../vocabulary/information-shared.ts';
import { referralOutcomes } from '../referral.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Adds the outcome “not submitted” for an agency that received a draft, and one more purpose for examinations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const checked = (table: string, column: string, values: readonly string[]) => {
    const name = sql.id(`${table}_${column}_check`);
    return sql`alter table ${sql.id(table)} drop constraint ${name},
      add constraint ${name} check (${sql.id(column)} in (${oneOf(values)}))`.execute(db);
  };
  await checked('referrals', 'outcome', referralOutcomes);
  for (const table of ['consents', 'disclosures', 'person_grants', 'referrals'])
    await checked(table, 'purpose', disclosurePurposes);
}
