/** `= any (…)` of these ids: one parameter, however many there are. */
import { sql } from 'kysely';

export const anyOf = <One>(ids: readonly string[]) => sql<One>`any (${sql.val([...ids])}::uuid[])`;
