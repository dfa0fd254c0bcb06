/** Intelligence of several agencies: from a report and from another record, corrected and not, by members who may record it and by others. */
import { sql } from 'kysely';
import { addExampleItem } from '../../src/intelligence/items/examples.ts';
import { setContext } from '../../src/platform/database/database.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { markOf } from './marks.ts';
import { type Cast, sometime } from './people.ts';

export async function addIntelligence({ db, keys }: TestApplication, { agencies, people }: Cast): Promise<void> {
  const reports = await db.selectFrom('reports').select(['id', 'agencyId']).orderBy('id').execute();
  const here = Object.values(agencies).map(({ id }) => id);
  const recorders = people.filter(
    ({ member, standing }) => standing === 'on the team' && here.includes(member.agencyId),
  );
  for (const { member } of recorders) {
    const reportId = reports.find(({ agencyId }) => agencyId === member.agencyId)?.id ?? null;
    for (const [index, from] of [null, reportId].entries()) {
      const id = newId<'intelligence item'>();
      await addExampleItem(db, keys, member, { id, text: markOf('intelligence_items', id), reportId: from });
      if (index === 0) continue;
      await db.transaction().execute(async (tx) => {
        await setContext(tx, { now: sometime });
        await sql`update intelligence_items set system_reference = 'INT-1' where id = ${id}`.execute(tx);
      });
    }
  }
  // Of each agency, whatever its side, by somebody of another: a rule that forgot the side or the agency is noticed.
  const [anybody] = recorders;
  for (const agencyId of here) if (anybody) await addExampleItem(db, keys, { id: anybody.member.id, agencyId });
}
