/** Intelligence of several agencies: from a report and from another record, corrected and not, by members who may record it and by others. */
import { sql } from 'kysely';
import type { Subject } from '../../src/intelligence/deconfliction/deconfliction.ts';
import { addSubject } from '../../src/intelligence/deconfliction/store.ts';
import { addExampleEntity } from '../../src/intelligence/entities/examples.ts';
import { addExampleItem } from '../../src/intelligence/items/examples.ts';
import type { ItemId } from '../../src/intelligence/items/item.ts';
import { addExampleProposal } from '../../src/intelligence/proposals/examples.ts';
import type { SharedContent } from '../../src/intelligence/sharing/share.ts';
import { addShare, type NewShare } from '../../src/intelligence/sharing/store.ts';
import type { UnitKeys } from '../../src/platform/crypto/crypto.ts';
import { type Db, setContext } from '../../src/platform/database/database.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { pairOf } from '../../src/vocabulary/judgements.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { markOf } from './marks.ts';
import { type Cast, sometime } from './people.ts';
import { addStrays } from './records-strays.ts';

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

/** In the check between agencies: a contact and a partner of each agency, and a match of each operation and of an entity. */
async function addChecks(db: Db, keys: UnitKeys, { id: memberId, agencyId }: Member, entityId: string): Promise<void> {
  await db
    .insertInto('deconflictionContacts')
    .values({ id: newId(), agencyId, name: 'x', telephone: '101', hours: 'always', setBy: memberId, setAt: sometime })
    .onConflict((on) => on.column('agencyId').doNothing())
    .execute();
  const theirs = { origin: 'https://other.example.org', theirAgency: newId(), publicKey: 'key' };
  await db
    .insertInto('deconflictionPartners')
    .values({ id: newId(), agencyId, name: 'x', ...theirs, addedBy: memberId, addedAt: sometime })
    .execute();
  const subject = { id: entityId, agencyId, until: '2026-12-01', addedBy: memberId, addedAt: sometime };
  await addSubject(db, keys, subject as Subject, ['phone +447700900123']);
  await addMatch(db, agencyId, entityId, null);
  const pair = { agencyId, party: newId(), week: '2026-09-14' };
  await db
    .insertInto('deconflictionTags')
    .values({ ...pair, held: true, input: Buffer.of(1), tag: Buffer.of(2) })
    .execute();
  await db
    .insertInto('deconflictionQuestions')
    .values({
      id: newId(),
      ...pair,
      direction: 'asked',
      hour: sometime,
      partyName: 'Another agency',
      questions: 12,
      refused: 0,
    })
    .execute();
}

async function addMatch(db: Db, agencyId: string, target: string, operationId: string | null): Promise<void> {
  const contact = { contactName: 'x', contactTelephone: '101', contactHours: 'always' };
  await db
    .insertInto('deconflictionMatches')
    .values({
      id: newId(),
      agencyId,
      party: newId(),
      partyName: 'Another agency',
      ...contact,
      target,
      operationId,
      foundAt: sometime,
    })
    .execute();
}

export async function addIntelligence({ db, keys }: TestApplication, cast: Cast): Promise<void> {
  const { agencies, people } = cast;
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
      await addChecks(db, keys, member, named.at(-1) ?? '');
      await db.transaction().execute(async (tx) => {
        await setContext(tx, { now: sometime });
        await sql`update intelligence_items set system_reference = 'INT-1' where id = ${id}`.execute(tx);
      });
    }
  }
  const operations = await db.selectFrom('operations').select(['id', 'agencyId', 'plannedBy']).execute();
  for (const { id: operationId, agencyId, plannedBy } of operations) {
    const hidden = { id: newId(), operationId, agencyId, reason: 'x', hiddenBy: plannedBy, hiddenAt: sometime };
    await db.insertInto('deconflictionHidden').values(hidden).execute();
    const visit = await db
      .selectFrom('plannedVisits')
      .select('id')
      .where('operationId', '=', operationId)
      .executeTakeFirst();
    await addMatch(db, agencyId, visit?.id ?? newId(), operationId);
  }
  await addStrays(db, keys, { agencies, people, here: cast.here });
  const items = await db.selectFrom('intelligenceItems').select(['id', 'agencyId', 'recordedBy']).execute();
  for (const [at, { id: itemId, agencyId, recordedBy }] of items.entries()) {
    const toAgencyId = here[at % here.length];
    if (!toAgencyId || toAgencyId === agencyId) continue;
    const id = newId<'intelligence share'>();
    const made = { id, itemId, agencyId, toAgencyId, purpose: 'x', sharedBy: recordedBy, sharedAt: sometime };
    const content = { text: 'x', conditions: null, sourceEvaluation: '2', assessment: 'A', handling: 'P' };
    const days = { happenedFrom: '2026-09-01', happenedTo: '2026-09-01' };
    await addShare(db, keys, made as NewShare, { ...content, ...days } as SharedContent);
    await db
      .insertInto('intelligenceShareReceipts')
      .values({ shareId: id, receivedBy: recordedBy, receivedAt: sometime })
      .execute();
  }
  // Of each agency, whatever its side, by somebody of another: a rule that forgot the side or the agency is noticed.
  const [anybody] = recorders;
  for (const agencyId of here) if (anybody) await addExampleItem(db, keys, { id: anybody.member.id, agencyId });
}
