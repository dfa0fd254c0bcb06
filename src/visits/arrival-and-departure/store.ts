/** Reads whether a team is still inside elsewhere. Row policies limit it to visits that the reader may see. */
import type { VisitInPlan } from '../../operations/plan/index.ts';
import type { Reader } from '../../platform/database/database.ts';
import type { VisitTables } from '../store.ts';
import { enteredAnswers } from '../visit.ts';

/** Whether another visit says that the team went in and has not left. */
export async function isTeamInsideElsewhere(
  db: Reader<VisitTables>,
  { id, teamId }: Pick<VisitInPlan, 'id' | 'teamId'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('visits')
    .select('id')
    .where('teamId', '=', teamId)
    .where('id', '!=', id)
    .where('leftAt', 'is', null)
    .where('finishedAt', 'is', null)
    .where('answer', 'in', [...enteredAnswers])
    .executeTakeFirst();
  return row !== undefined;
}
