/** Where the search of the header looks for intelligence: by its reference or that of the agency’s own system, because what it says is sealed. */
import type { Reader } from '../../platform/database/database.ts';
import { hasReference, mostResults, type SearchSource } from '../../platform/search/search-store.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import type { ItemTables } from './store.ts';
import { formatDays } from './words.ts';

export const itemSearch: SearchSource = {
  title: 'Intelligence',
  action: 'intelligence item.read',
  event: 'intelligence.searched',
  fields: ['systemReference', 'happenedFrom', 'happenedTo'],
  find: async (db, sought) => {
    const found = await (db as Reader<ItemTables>)
      .selectFrom('intelligenceItems')
      .select(['id', 'happenedFrom', 'happenedTo'])
      .where((eb) => eb.or([hasReference('id', 'intelligence item', sought), eb('systemReference', '=', sought.text)]))
      .limit(mostResults)
      .execute();
    return found.map(({ id, ...days }) => ({
      id,
      text: 'Intelligence',
      href: intelligencePaths.item(id),
      reference: referenceOf('intelligence item', id),
      detail: formatDays(days),
    }));
  },
};
