/** The address of the comparison in which a rolled-up week stands beside the weeks before it. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { mostCompared, mostOffered, withWeeks } from './chosen-weeks.ts';
import { listLatestWeeks } from './published-store.ts';
import { listRolledWeeks, mostRolled } from './rolled-store.ts';
import type { RolledWeek } from './rolled-week.ts';

/** Published results that began before it fill the columns that rolled-up weeks leave. The reader can choose others there. */
export async function linkToPredecessors(
  db: Reader<AnyTables>,
  { id, startsOn }: Pick<RolledWeek, 'id' | 'startsOn'>,
): Promise<string> {
  const isBefore = (day: string | null): boolean => day !== null && day < startsOn;
  const rolled = (await listRolledWeeks(db, mostOffered))
    .filter((week) => isBefore(week.startsOn))
    .slice(0, mostRolled - 1);
  const published = (await listLatestWeeks(db, mostOffered))
    .filter((week) => isBefore(week.startsOn))
    .slice(0, mostCompared - 1 - rolled.length);
  return withWeeks(returnPaths.weeks(), {
    operation: [],
    published: published.map((week) => week.id),
    rolled: [id, ...rolled.map((week) => week.id)],
  });
}
