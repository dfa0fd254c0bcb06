/** Intelligence whose review day has come, on the home page of triage. */
import { countedTask, type HomeStage, listDue } from '../../platform/http/home.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { countDueItems } from './store.ts';

export const intelligenceHomeStage: HomeStage = {
  stage: 'intelligence',
  action: 'intelligence item.read',
  says: (can) => (can('intelligence item.read') ? 'intelligence to review' : undefined),
  waiting: async (db, request) => {
    const { count, first } = await countDueItems(db, request.today);
    return listDue([
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
