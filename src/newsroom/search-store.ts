/** Where the search of the header looks for releases. */
import type { Reader } from '../platform/database/database.ts';
import { containsWords, mostResults, type SearchSource } from '../platform/search/search-store.ts';
import { releasePaths } from '../vocabulary/paths/newsroom.ts';
import type { ReleaseTables } from './releases/store.ts';

export const releaseSearch: SearchSource = {
  title: 'Releases',
  action: 'release.read',
  event: 'releases.searched',
  fields: ['shownTitle', 'area', 'state'],
  find: async (db: Reader<ReleaseTables>, sought) => {
    const found = await db
      .selectFrom('releases')
      .select(['id', 'shownTitle', 'area', 'state'])
      .where(containsWords(['shownTitle', 'area'], sought))
      .orderBy('editedAt', 'desc')
      .orderBy('id')
      .limit(mostResults)
      .execute();
    return found.map(({ id, shownTitle, area, state }) => ({
      id,
      text: shownTitle,
      href: releasePaths.release(id),
      detail: `${area}, ${state}`,
    }));
  },
};
