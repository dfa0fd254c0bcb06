/** Rows of intelligence that nobody could have written: for another agency, about another's item, in another's operation, in a state to come. A rule that forgot one of these is noticed by them. */
import { sql } from 'kysely';
import { addExampleEntity } from '../../src/intelligence/entities/examples.ts';
import { addExampleItem } from '../../src/intelligence/items/examples.ts';
import { addExampleProposal } from '../../src/intelligence/proposals/examples.ts';
import type { UnitKeys } from '../../src/platform/crypto/crypto.ts';
import type { Db } from '../../src/platform/database/database.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { markOf } from './marks.ts';
import { type Cast, type Person, sometime } from './people.ts';

type Author = { readonly id: string; readonly agencyId: string };

/** Of the force, in the operation that it leads. */
function find(people: readonly Person[], role: 'triage' | 'planner'): Author {
  const found = people.find(
    ({ member, side, standing }) => side === 'enforcement' && standing === 'on the team' && member.roles.includes(role),
  );
  if (!found) throw new Error(`nobody of the force is ${role}`);
  return found.member;
}

export async function addStrays(
  db: Db,
  keys: UnitKeys,
  { agencies, people, here }: Pick<Cast, 'agencies' | 'people' | 'here'>,
): Promise<void> {
  const triage = find(people, 'triage');
  const elsewhere = { id: triage.id, agencyId: agencies.otherForce.id };
  const ownItem = await addExampleItem(db, keys, triage);
  const theirItem = await addExampleItem(db, keys, elsewhere);
  const named = async (by: Author, item: typeof ownItem): Promise<string> => {
    const id = newId<'intelligence entity'>();
    const name = markOf('intelligence_entities', id);
    return addExampleEntity(db, keys, by, item, { kind: 'person', name, aliases: [], born: null }, id);
  };
  const theirs = await named(elsewhere, ownItem);
  const own = await named(triage, theirItem);
  await addProposals(db, keys, triage, elsewhere, own);
  await addSubjects(db, elsewhere, theirs);
  await addShares(db, triage, elsewhere, { ownItem, theirItem, to: agencies.crimeUnit.id });
  await addPlanners(db, find(people, 'planner'), agencies.otherForce.id, here.operation.id);
  const [report] = await db
    .selectFrom('reports')
    .select('id')
    .where('agencyId', '=', triage.agencyId)
    .where(sql<boolean>`id not in (select id from report_acceptances)`)
    .limit(1)
    .execute();
  if (report)
    await db
      .insertInto('reportAcceptances')
      .values({ id: report.id, agencyId: elsewhere.agencyId, acceptedBy: triage.id, acceptedAt: sometime })
      .execute();
}

async function addProposals(db: Db, keys: UnitKeys, own: Author, elsewhere: Author, entity: string): Promise<void> {
  for (const by of [own, elsewhere]) {
    const id = newId<'intelligence proposal'>();
    await addExampleProposal(db, keys, by, entity, { id, text: markOf('intelligence_proposals', id) });
    if (by === own)
      await db
        .updateTable('intelligenceProposals')
        .set({ state: 'declined', reason: 'x', decidedBy: own.id, decidedAt: sometime })
        .where('id', '=', id)
        .execute();
  }
}

async function addSubjects(db: Db, { id: addedBy, agencyId }: Author, id: string): Promise<void> {
  const sealed = { sealedContent: Buffer.of(1), wrappedKey: Buffer.of(1) };
  await db
    .insertInto('deconflictionSubjects')
    .values({ id, agencyId, ...sealed, until: '2026-12-01', addedBy, addedAt: sometime })
    .execute();
}

type Shared = { readonly ownItem: string; readonly theirItem: string; readonly to: string };

/** Recalled ones, so that they need no text. */
async function addShares(db: Db, own: Author, elsewhere: Author, { ownItem, theirItem, to }: Shared): Promise<void> {
  for (const [by, itemId] of [
    [elsewhere, ownItem],
    [own, theirItem],
  ] as const)
    await db
      .insertInto('intelligenceShares')
      .values({
        ...{ id: newId(), itemId, agencyId: by.agencyId, toAgencyId: to, purpose: 'x', sharedBy: by.id },
        ...{ sharedAt: sometime, recalledAt: sometime, recallReason: 'x' },
      })
      .execute();
}

async function addPlanners(db: Db, planner: Author, otherAgency: string, operationId: string): Promise<void> {
  const theirs = { origin: 'https://other.example.org', theirAgency: newId(), publicKey: 'stray' };
  await db
    .insertInto('deconflictionPartners')
    .values({ id: newId(), agencyId: otherAgency, name: 'x', ...theirs, addedBy: planner.id, addedAt: sometime })
    .execute();
  for (const [agencyId, operation] of [
    [planner.agencyId, operationId],
    [otherAgency, operationId],
    [planner.agencyId, newId()],
  ] as const)
    await db
      .insertInto('deconflictionHidden')
      .values({
        ...{ id: newId(), operationId: operation, agencyId, reason: 'x', hiddenBy: planner.id, hiddenAt: sometime },
      })
      .execute();
}
