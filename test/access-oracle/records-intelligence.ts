/** Intelligence of several agencies: from a report and from another record, corrected and not, by members who may record it and by others. */
import { sql } from 'kysely';
import { addExampleEntity } from '../../src/intelligence/entities/examples.ts';
import { addExampleItem } from '../../src/intelligence/items/examples.ts';
import type { ItemId } from '../../src/intelligence/items/item.ts';
import { pairOf } from '../../src/intelligence/links/judgements.ts';
import { addExampleProposal } from '../../src/intelligence/proposals/examples.ts';
import type { UnitKeys } from '../../src/platform/crypto/crypto.ts';
import { type Db, setContext } from '../../src/platform/database/database.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { markOf } from './marks.ts';
import { type Cast, sometime } from './people.ts';

type Member = { readonly id: string; readonly agencyId: string };

/** A person whose name bears the mark of the record. */
async function addNamed(db: Db, keys: UnitKeys, member: Member, itemId: ItemId): Promise<string> {
  const id = newId<'intelligence entity'>();
  const name = markOf('intelligence_entities', id);
  return addExampleEntity(db, keys, member, itemId, { kind: 'person', name, aliases: [], born: null }, id);
}

/** A possible link of two, and an undone decision about them. */
async function addLink(db: Db, { id: memberId, agencyId }: Member, a: string, b: string): Promise<void> {
  const pair = pairOf(a, b);
  await db
    .insertInto('intelligencePossibleLinks')
    .values({ ...pair, agencyId, weight: 80 })
    .execute();
  const id = newId();
  const reason = markOf('intelligence_link_decisions', id);
  await db
    .insertInto('intelligenceLinkDecisions')
    .values({ ...pair, id, agencyId, verdict: 'same', reason, decidedBy: memberId, decidedAt: sometime })
    .execute();
}

export async function addIntelligence({ db, keys }: TestApplication, { agencies, people }: Cast): Promise<void> {
  const reports = await db.selectFrom('reports').select(['id', 'agencyId']).orderBy('id').execute();
  const here = Object.values(agencies).map(({ id }) => id);
  const recorders = people.filter(
    ({ member, standing }) => standing === 'on the team' && here.includes(member.agencyId),
  );
  for (const { member } of recorders) {
    const named: string[] = [];
    const reportId = reports.find(({ agencyId }) => agencyId === member.agencyId)?.id ?? null;
    for (const [index, from] of [null, reportId].entries()) {
      const id = newId<'intelligence item'>();
      await addExampleItem(db, keys, member, { id, text: markOf('intelligence_items', id), reportId: from });
      named.push(await addNamed(db, keys, member, id));
      const proposal = newId<'intelligence proposal'>();
      const text = markOf('intelligence_proposals', proposal);
      await addExampleProposal(db, keys, member, named.at(-1) ?? '', { id: proposal, text });
      if (index === 0) continue;
      await addLink(db, member, named.at(-2) ?? '', named.at(-1) ?? '');
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
