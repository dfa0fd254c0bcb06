/** Returns: what a week comes to, counted, checked and signed. */
import type { Area } from '../platform/area.ts';
import { exchangePaths, taskingPaths } from '../vocabulary/paths/exchange.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { certificateChore } from './certificates/chore.ts';
import { readWeekTaskings, taskingHomeItems } from './exchange/tasking/week-tasking.ts';
import { exchangeHomeItems } from './exchange/weeks/home-items.ts';
import { returnRoutes, returnsHomeStage, returnsListeners } from './index.ts';
import { readResultState } from './result-state.ts';

export const returns: Area = {
  pages: [
    {
      staff: returnRoutes,
      navigation: [
        {
          place: 'returns',
          href: returnPaths.list(),
          text: 'Returns',
          says: 'Count the results of an operation, check them and sign them.',
          // A coordinator counts nothing: the page of partnerships leads to the signed returns that they may read.
          action: 'return.workings',
        },
        {
          place: 'operations',
          href: taskingPaths.list(),
          text: 'Taskings',
          says: 'Read what a coordinator asks of a week, and fill your week from it.',
          action: 'tasking.read',
        },
        {
          place: 'returns',
          href: exchangePaths.weeks(),
          text: 'Returns from partnerships',
          says: 'Take signed returns of other instances, check them and add up a week.',
          action: 'exchange.read',
          otherPaths: [returnPaths.list()],
        },
      ],
      homeStage: returnsHomeStage,
      homeItems: [taskingHomeItems, exchangeHomeItems],
    },
  ],
  resultState: readResultState,
  weekTaskings: readWeekTaskings,
  chores: (parts) => [certificateChore(parts)],
  listeners: () => ({ main: returnsListeners, safeguarding: returnsListeners }),
};
