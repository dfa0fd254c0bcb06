/** How versions of “Who can see what” lie in PostgreSQL: added when a policy comes into force, then only read. */
import { sql } from 'kysely';
import { digest } from '../../platform/crypto/crypto.ts';
import type { Db, Reader } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';

export type PolicyVersion = { readonly id: string; readonly text: string; readonly since: Date };
type VersionRow = { id: string; digest: string; text: string; since: Date };
export type AccessRulesTables = { policy_versions: VersionRow };

/** Stores the text now in force, unless it is unchanged. The owner runs this before row policies are created again, because those let no role write to the table. */
export async function savePolicyVersion(tx: Db, text: string): Promise<void> {
  await sql`alter table policy_versions no force row level security`.execute(tx);
  await sql`
    insert into policy_versions (digest, text)
    select ${digest(text)}, ${text}
    where ${digest(text)} is distinct from (select digest from policy_versions order by id desc limit 1)`.execute(tx);
}

/** Newest first. */
export const listVersions = (db: Reader<AccessRulesTables>): Promise<PolicyVersion[]> =>
  db.selectFrom('policy_versions').select(['id', 'text', 'since']).orderBy('id', 'desc').execute();

export const getVersion = (db: Reader<AccessRulesTables>, id: string): Promise<PolicyVersion> =>
  db
    .selectFrom('policy_versions')
    .select(['id', 'text', 'since'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('version'));
