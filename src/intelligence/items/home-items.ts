/** Intelligence whose review day has come, and possible links, on the home page of triage. */
import { countedTask, type HomeStage, listDue } from '../../platform/http/home.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { countWaitingLinks } from '../links/links-store.ts';
import { countDueItems } from './store.ts';

export const intelligenceHomeStage: HomeStage = {
  stage: 'intelligence',
  action: 'intelligence item.read',
  says: (can) => (can('intelligence item.read') ? 'intelligence to review and possible links' : undefined),
  waiting: async (db, request) => {
    const { count, first } = await countDueItems(db, request.today);
    const links = await countWaitingLinks(db);
    return listDue([
      {
        what: countedTask(links, 'Decide a possible link', 'Decide # possible links'),
        detail: 'Two items of intelligence may name the same.',
        for: 'Intelligence',
        status: 'to do',
        due: null,
        href: intelligencePaths.possibleLinks(),
        count: links,
      },
      {
        what: countedTask(count, 'Review intelligence', 'Review # items of intelligence'),
        detail: 'Decide whether it is necessary to keep it.',
        for: 'Intelligence',
        status: 'to do',
        due: first,
        href: `${intelligencePaths.list()}?due=yes`,
        count,
      },
    ]);
  },
};
