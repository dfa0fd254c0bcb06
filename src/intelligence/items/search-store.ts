/** Where the search of the header looks for intelligence: by reference alone, because what it says is sealed. */
import type { Reader } from '../../platform/database/database.ts';
import { hasReference, mostResults, referenceSource } from '../../platform/search/search-store.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import type { ItemTables } from './store.ts';
import { formatDays } from './words.ts';

export const itemSearch = referenceSource(
  'intelligence item',
  {
    title: 'Intelligence',
    action: 'intelligence item.read',
    event: 'intelligence.searched',
    fields: ['happenedFrom', 'happenedTo'],
  },
  async (db: Reader<ItemTables>, sought) => {
    const found = await db
      .selectFrom('intelligenceItems')
      .select(['id', 'happenedFrom', 'happenedTo'])
      .where(hasReference('id', 'intelligence item', sought))
      .limit(mostResults)
      .execute();
    return found.map(({ id, ...days }) => ({ id, detail: `about ${formatDays(days)}` }));
  },
  { text: 'Intelligence', href: intelligencePaths.item },
);
