import { type Kysely, sql } from 'kysely';
import type { DatabaseRole } from '../../platform/config.ts';

/** What a door may ask before it knows who asks. Who may call is said before the function changes hands: afterwards it is no longer the migration's to give. */
export async function doorFunction(
  db: Kysely<unknown>,
  callers: readonly DatabaseRole[],
  signature: string,
  body: string,
): Promise<void> {
  await sql.raw(body).execute(db);
  await sql.raw(`revoke all on function ctx.${signature} from public`).execute(db);
  const roles = callers.map((role) => `safelight_${role}`).join(', ');
  if (roles) await sql.raw(`grant execute on function ctx.${signature} to ${roles}`).execute(db);
  await sql.raw(`alter function ctx.${signature} owner to safelight_relations`).execute(db);
}
