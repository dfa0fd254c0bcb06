/** Changes rows of the plan for tests, at this moment and with an earlier version, as the rooms that own them would. */
import { setContext } from '../../src/platform/database.ts';
import type { TestHouse } from './house.ts';

export const replan = (
  { db, clock }: Pick<TestHouse, 'db' | 'clock'>,
  table: 'premises' | 'powers',
  values: Readonly<Record<string, unknown>>,
): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await setContext(tx, { now: clock.now() });
    await tx.updateTable(table).set(values).execute();
  });
