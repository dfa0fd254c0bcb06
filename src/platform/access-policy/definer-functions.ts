/** Functions of the database that see more than who calls them, and who may call each. */
import { type Kysely, sql } from 'kysely';
import type { DatabaseRole } from '../config.ts';

/** What a process may query of tables that it may not read: before sign-in, or without it. */
export async function createDefinerFunction(
  db: Kysely<unknown>,
  callers: readonly DatabaseRole[],
  signature: string,
  body: string,
): Promise<void> {
  await sql.raw(body).execute(db);
  await assignFunctionOwner(db, signature, callers);
}

/** Who may call is said before the function changes hands: afterwards it is no longer the migration's to give. */
export async function assignFunctionOwner(
  db: Kysely<unknown>,
  signature: string,
  callers: readonly DatabaseRole[] = [],
): Promise<void> {
  await sql.raw(`revoke all on function ctx.${signature} from public`).execute(db);
  const roles = callers.map((role) => `safelight_${role}`).join(', ');
  if (roles) await sql.raw(`grant execute on function ctx.${signature} to ${roles}`).execute(db);
  await sql.raw(`alter function ctx.${signature} owner to safelight_relations`).execute(db);
}

/** What triggers call: made, tied to its tables, and handed over after that, for the same reason. */
export async function createTriggerFunction(
  db: Kysely<unknown>,
  name: string,
  body: string,
  ...triggers: readonly { readonly tie: string; readonly when?: string }[]
): Promise<void> {
  await sql.raw(`create function ctx.${name}() returns trigger language plpgsql ${body}`).execute(db);
  for (const { tie, when } of triggers)
    await sql
      .raw(`create trigger ${tie} for each row ${when ? `when (${when})` : ''} execute function ctx.${name}()`)
      .execute(db);
  await assignFunctionOwner(db, `${name}()`);
}
