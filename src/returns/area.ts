/** Returns: what a week comes to, counted, checked and signed. */
import type { Area } from '../platform/area.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
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
          action: 'return.read',
        },
      ],
      homeStage: returnsHomeStage,
    },
  ],
  resultState: readResultState,
  listeners: () => ({ main: returnsListeners, safeguarding: returnsListeners }),
};
