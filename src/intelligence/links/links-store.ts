/** Stores keyed terms, possible links and decisions in PostgreSQL. Reads and writes ids and digests alone. */
import { sql } from 'kysely';
import type { AnyTables, AuditedReader, Reader, Writer } from '../../platform/database/database.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { Decision, Pair, Verdict } from '../../vocabulary/judgements.ts';
import type { EntityId } from '../entities/entity.ts';
import type { EntityTables } from '../entities/store.ts';

export type LinkDecision = {
  id: string;
  agencyId: AgencyId;
  one: EntityId;
  other: EntityId;
  verdict: Verdict;
  reason: string | null;
  decidedBy: MemberId;
  decidedAt: Date;
  undoneBy: MemberId | null;
  undoneAt: Date | null;
};
export type StoredTerms = { readonly links: readonly number[]; readonly search: readonly number[] };
export type LinkTables = {
  intelligenceEntityTerms: { entityId: EntityId; term: number; agencyId: AgencyId; forSearch: boolean };
  intelligencePossibleLinks: { one: EntityId; other: EntityId; agencyId: AgencyId; weight: number };
  intelligenceLinkDecisions: LinkDecision & { position: number };
};
type Tx = Writer<EntityTables>;
type Audited = AuditedReader<EntityTables>;

/** One at a time in an agency, so that what is offered and decided is the same in whatever order it arrives. */
export async function lockLinks(tx: Writer<AnyTables>, agencyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`intelligence links/${agencyId}`}, 0))`.execute(tx);
}

export async function saveTerms(
  tx: Tx,
  entityId: EntityId,
  agencyId: AgencyId,
  { links, search }: StoredTerms,
): Promise<void> {
  const linking = new Set(links);
  const rows = [
    ...links.map((term) => ({ term, forSearch: false })),
    ...search.filter((term) => !linking.has(term)).map((term) => ({ term, forSearch: true })),
  ];
  if (rows.length === 0) return;
  await tx
    .insertInto('intelligenceEntityTerms')
    .values(rows.map((row) => ({ entityId, agencyId, ...row })))
    .execute();
}

/** How many entities of the agency have each term, up to one more than `most`. */
export async function countHolders(
  tx: Reader<EntityTables>,
  terms: readonly number[],
  most: number,
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ term: number; count: number }>`
    select t.term, (select count(*)::int from (
      select from intelligence_entity_terms x where x.agency_id = (select ctx.agency()) and x.term = t.term limit ${most}) held) as count
    from unnest(${terms}::int[]) t(term)`.execute(tx);
  return new Map(rows.map(({ term, count }) => [term, count]));
}

/** Ids of the agency's entities that have one of these terms. */
export async function listHolders(
  tx: Reader<EntityTables>,
  agencyId: AgencyId,
  terms: readonly number[],
): Promise<readonly EntityId[]> {
  if (terms.length === 0) return [];
  const rows = await tx
    .selectFrom('intelligenceEntityTerms')
    .select('entityId')
    .where('agencyId', '=', agencyId)
    .where('term', 'in', terms as number[])
    .groupBy('entityId')
    .execute();
  return rows.map(({ entityId }) => entityId);
}

/** For each term some entities of the agency that have it: all of them, where they are fewer than `most`. */
export async function listSomeHolders(
  tx: Reader<EntityTables>,
  agencyId: AgencyId,
  terms: readonly number[],
  most: number,
): Promise<ReadonlyMap<number, readonly EntityId[]>> {
  const { rows } = await sql<{ term: number; holders: EntityId[] }>`
    select t.term, array(
      select x.entity_id from intelligence_entity_terms x
      where x.agency_id = ${agencyId} and x.term = t.term limit ${most}) as holders
    from unnest(${terms}::int[]) t(term)`.execute(tx);
  return new Map(rows.map(({ term, holders }) => [term, holders]));
}

/** Holders looked through for a second word: a word that more entities have says little by itself. */
const mostLookedThrough = 2_000;

/** Entities of the agency that have one of `first`, and of each of `others` one, too. */
export async function listHoldersOfAll(
  tx: Reader<EntityTables>,
  agencyId: AgencyId,
  first: readonly number[],
  others: readonly (readonly number[])[],
  most: number,
): Promise<readonly EntityId[]> {
  const also = others.map(
    (terms) => sql`and exists (
      select from intelligence_entity_terms y where y.entity_id = h.entity_id and y.term = any (${terms}::int[]))`,
  );
  const { rows } = await sql<{ entityId: EntityId }>`
    select h.entity_id from (
      select x.entity_id from intelligence_entity_terms x
      where x.agency_id = ${agencyId} and x.term = any (${first}::int[]) limit ${mostLookedThrough}) h
    where true ${sql.join(also, sql` `)} limit ${most}`.execute(tx);
  return rows.map(({ entityId }) => entityId);
}

export type Offer = Pair & { readonly weight: number };

export async function saveOffers(tx: Tx, agencyId: AgencyId, offers: readonly Offer[]): Promise<void> {
  if (offers.length === 0) return;
  await tx
    .insertInto('intelligencePossibleLinks')
    .values(offers.map((offer) => ({ ...offer, agencyId }) as never))
    .onConflict((on) => on.doNothing())
    .execute();
}

/** Takes back what was offered between these where no term is left that at most `most` share. */
export async function withdrawOffers(tx: Tx, holders: readonly EntityId[], most: number): Promise<void> {
  await sql`
    delete from intelligence_possible_links l
    where l.one = any(${holders}) and l.other = any(${holders})
      and not exists (
        select from intelligence_entity_terms a
        join intelligence_entity_terms b on b.entity_id = l.other and b.term = a.term
        where a.entity_id = l.one and not a.for_search and not b.for_search
          and (select count(*) from (
            select from intelligence_entity_terms x
            where x.agency_id = l.agency_id and x.term = a.term limit ${most + 1}) held) <= ${most})`.execute(tx);
}

/** Not the same by decisions, directly or through others. */
const unjoined = sql<boolean>`
  (select e.cluster_id from intelligence_entities e where e.id = l.one)
    <> (select e.cluster_id from intelligence_entities e where e.id = l.other)`;
/** Nor decided about at all. */
const waiting = sql<boolean>`
  not exists (select from intelligence_link_decisions d where d.one = l.one and d.other = l.other and d.undone_at is null)
  and ${unjoined}`;

/** Those that wait for a decision, the most agreement first. */
export async function listWaitingLinks(
  db: Audited,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly links: readonly Offer[]; readonly total: number }> {
  const all = db.selectFrom('intelligencePossibleLinks as l').where(waiting);
  const links = await all
    .select(['l.one', 'l.other', 'l.weight'])
    .orderBy('l.weight', 'desc')
    .orderBy('l.one')
    .orderBy('l.other')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { links, total: await countWaitingLinks(db) };
}

export async function countWaitingLinks(db: Reader<EntityTables>): Promise<number> {
  const { count } = await db
    .selectFrom('intelligencePossibleLinks as l')
    .where(waiting)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** More than a page needs to say. */
const mostCounted = 1_000;

/** How many wait for a decision, by id. */
export async function countWaitingOf(db: Audited, ids: readonly EntityId[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  if (ids.length === 0) return counts;
  for (const { one, other } of await listOffersWith(db, waiting, ids, mostCounted))
    for (const id of [one, other]) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

const listOffersWith = (
  db: Audited,
  which: typeof waiting,
  ids: readonly EntityId[],
  most: number,
): Promise<readonly LinkTables['intelligencePossibleLinks'][]> =>
  db
    .selectFrom('intelligencePossibleLinks as l')
    .where(which)
    .selectAll('l')
    .where((eb) => eb.or([eb('l.one', 'in', ids as EntityId[]), eb('l.other', 'in', ids as EntityId[])]))
    .orderBy('l.weight', 'desc')
    .orderBy('l.one')
    .orderBy('l.other')
    .limit(most)
    .execute();

/** Those with one of these that are not joined yet, decided or not, the most agreement first. */
export const listUnjoinedWith = (db: Audited, ids: readonly EntityId[], most: number): Promise<readonly Offer[]> =>
  listOffersWith(db, unjoined, ids, most);

/** All decisions about these, undone ones too, in the order in which they were made. */
export async function listDecisionsWith(
  db: Audited | Tx,
  ids: readonly EntityId[],
): Promise<readonly (LinkDecision & Decision)[]> {
  if (ids.length === 0) return [];
  const rows = await (db as Reader<EntityTables>)
    .selectFrom('intelligenceLinkDecisions')
    .selectAll()
    .where((eb) => eb.or([eb('one', 'in', ids as EntityId[]), eb('other', 'in', ids as EntityId[])]))
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ ...row, undone: row.undoneAt !== null }));
}

export async function getDecision(db: Audited, id: string): Promise<LinkDecision | undefined> {
  return db.selectFrom('intelligenceLinkDecisions').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function saveDecision(tx: Tx, decision: Omit<LinkDecision, 'undoneBy' | 'undoneAt'>): Promise<void> {
  await tx
    .insertInto('intelligenceLinkDecisions')
    .values(decision as never)
    .execute();
}

export async function saveUndo(tx: Tx, id: string, undoneBy: MemberId, undoneAt: Date): Promise<void> {
  await tx.updateTable('intelligenceLinkDecisions').set({ undoneBy, undoneAt }).where('id', '=', id).execute();
}

/** Ids of all that are in one cluster with one of these. */
export async function listClustersOf(tx: Reader<EntityTables>, ids: readonly EntityId[]): Promise<readonly EntityId[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('intelligenceEntities')
    .select('id')
    .where('clusterId', 'in', (eb) =>
      eb
        .selectFrom('intelligenceEntities')
        .select('clusterId')
        .where('id', 'in', ids as EntityId[]),
    )
    .execute();
  return rows.map(({ id }) => id);
}

export async function saveClusters(tx: Tx, clusters: ReadonlyMap<string, string>): Promise<void> {
  const [ids, clusterIds] = [[...clusters.keys()], [...clusters.values()]];
  await sql`
    update intelligence_entities e set cluster_id = said.cluster_id
    from unnest(${ids}::uuid[], ${clusterIds}::uuid[]) said(id, cluster_id)
    where e.id = said.id and e.cluster_id <> said.cluster_id`.execute(tx);
}
