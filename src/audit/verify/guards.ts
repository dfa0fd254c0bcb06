/** Whether the guards that keep the log's tables from being rewritten are on. With them off, rows could be written, changed and removed unseen until they are sealed. */
import type { Findings } from './findings.ts';
import { type Connection, queryRows } from './reading.ts';

const appendOnlyTables = 'access_log log_leaves log_nodes log_checkpoints log_keys log_cosignatures'.split(' ');
const expectedTriggers = [
  ['access_log', 'fill_owner'],
  ...appendOnlyTables.flatMap((table) => [
    [table, 'only_added_to'],
    [table, 'never_emptied'],
  ]),
];
/** Fires in every session, or in every ordinary one. */
const enabledStates = ['A', 'O'];

export async function checkGuards(connection: Connection, findings: Findings): Promise<void> {
  const tables = await queryRows(
    connection,
    `select relname, relrowsecurity::text, relforcerowsecurity::text from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and (relname = 'access_log' or relname like 'log\\_%')
      order by relname`,
  );
  const triggers = await queryRows(
    connection,
    `select relname, tgname, tgenabled::text from pg_trigger join pg_class on pg_class.oid = tgrelid
      where relnamespace = 'public'::regnamespace and (relname = 'access_log' or relname like 'log\\_%')
      order by relname, tgname`,
  );
  for (const [table, trigger] of expectedTriggers)
    if (!triggers.some(([on, name]) => on === table && name === trigger))
      findings.add(`the trigger ${trigger} of ${table} is missing`);
  for (const [table, trigger, enabled] of triggers)
    if (!enabledStates.includes(String(enabled))) findings.add(`the trigger ${trigger} of ${table} is off`);
  for (const [table, enabled, forced] of tables) {
    if (enabled !== 'true') findings.add(`the row security of ${table} is off`);
    else if (forced !== 'true') findings.add(`the row security of ${table} is not forced on its owner`);
  }
}
