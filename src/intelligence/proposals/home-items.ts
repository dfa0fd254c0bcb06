/** Proposals that wait for a planner, on the planner's home page. */
import { countedTask, type HomeItems, listDue } from '../../platform/http/home.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { countWaitingProposals } from './store.ts';

export const proposalHomeItems: HomeItems = {
  action: 'intelligence proposal.decide',
  waiting: async (db) => {
    const count = await countWaitingProposals(db);
    return listDue([
      {
        what: countedTask(count, 'Decide a proposal from intelligence', 'Decide # proposals from intelligence'),
        detail: 'Accept it into an operation, or decline it.',
        for: 'Intelligence',
        status: 'to do',
        due: null,
        href: intelligencePaths.proposals(),
        count,
      },
    ]);
  },
};
