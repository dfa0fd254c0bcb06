/** Confirms everybody’s roles, as if a second person had done so on the page: for tests and measurements. */
import { sql } from 'kysely';
import type { Db } from '../../src/platform/database/database.ts';

export const confirmAllRoles = (owner: Db): Promise<void> =>
  owner.transaction().execute(async (tx) => {
    await sql`set local role safelight_relations`.execute(tx);
    await sql`update members m set roles = c.roles from confirmations c where c.member_id = m.id`.execute(tx);
  });
