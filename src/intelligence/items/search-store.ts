/** Where the search of the header looks for intelligence: by its reference or that of the agency’s own system, and by all typed words in its text, which are stored as keyed digests. */
import { sql } from 'kysely';
import type { AuditedReader } from '../../platform/database/database.ts';
import { hasReference, mostResults, type SearchSource } from '../../platform/search/search-store.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { gradeOf, type ItemId } from './item.ts';
import { getItems, type ItemTables } from './store.ts';
import { textTermsToFind } from './text-terms.ts';
import { formatDays } from './words.ts';

type Audited = AuditedReader<ItemTables>;
const mostShown = 90;
/** Words that more items have are not told apart by how many. */
const mostCounted = 200;

/** The rarest word first: the others are looked for among its items. */
async function sortByRarity(db: Audited, agencyId: string, words: readonly (readonly number[])[]) {
  const counted = await Promise.all(
    words.map(async (terms) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from (
          select from intelligence_item_terms where agency_id = ${agencyId} and term = any (${terms}::int[])
          limit ${mostCounted}) held`.execute(db);
      return { terms, count: rows[0]?.count ?? 0 };
    }),
  );
  return counted.toSorted((one, other) => one.count - other.count);
}

/** Items with all of these words, the newest first. */
async function findByWords(db: Audited, agencyId: string, words: readonly (readonly number[])[]): Promise<ItemId[]> {
  if (words.length === 0) return [];
  const [rarest, ...others] =
    words.length > 1 ? await sortByRarity(db, agencyId, words) : [{ terms: words[0], count: 1 }];
  if (!rarest || rarest.count === 0) return [];
  const also = others.map(
    ({ terms }) => sql`and exists (
      select from intelligence_item_terms y where y.item_id = x.item_id and y.term = any (${terms}::int[]))`,
  );
  const { rows } = await sql<{ itemId: ItemId }>`
    select distinct x.item_id from intelligence_item_terms x
    where x.agency_id = ${agencyId} and x.term = any (${rarest.terms}::int[]) ${sql.join(also, sql` `)}
    order by x.item_id desc limit ${mostResults}`.execute(db);
  return rows.map(({ itemId }) => itemId);
}

export const itemSearch: SearchSource = {
  title: 'Intelligence',
  action: 'intelligence item.read',
  event: 'intelligence.searched',
  fields: ['systemReference', 'happenedFrom', 'happenedTo', 'text'],
  find: async (reader, sought, { keys, actor }) => {
    const db = reader as Audited;
    const byReference = await db
      .selectFrom('intelligenceItems')
      .select('id')
      .where((eb) => eb.or([hasReference('id', 'intelligence item', sought), eb('systemReference', '=', sought.text)]))
      .limit(mostResults)
      .execute();
    const byWords = await findByWords(db, actor.agencyId, textTermsToFind(keys, sought.text));
    const ids = [...new Set([...byReference.map(({ id }) => id), ...byWords])].slice(0, mostResults);
    const items = new Map((await getItems(db, keys, ids)).map((item) => [item.id, item]));
    return ids.flatMap((id) => {
      const item = items.get(id);
      if (!item) return [];
      return [
        {
          id,
          text: item.text.length > mostShown ? `${item.text.slice(0, mostShown)}…` : item.text,
          href: intelligencePaths.item(id),
          reference: referenceOf('intelligence item', id),
          detail: `${gradeOf(item)}, ${formatDays(item)}`,
        },
      ];
    });
  },
};
