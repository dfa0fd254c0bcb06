/** Parts that the triggers of this module share. */
import { databaseRoles } from '../../../platform/config.ts';

export const oneOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');
export const body = (text: string): string => `security definer set search_path = public, pg_temp as $$${text}$$`;
/** True for changes by the application's processes. The database's own functions check what they change themselves. */
export const byProcessRole = `current_user in (${oneOf(databaseRoles.map((role) => `safelight_${role}`))})`;
