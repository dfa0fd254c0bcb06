/** Returns: what a week comes to, counted, checked and signed. */
import type { Area } from '../platform/area.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import {
  disclosureControlMigration,
  finalAfterLastDayMigration,
  returnRoutes,
  returnsHomeStage,
  returnsListeners,
  returnsMigration,
  returnsPolicy,
} from './index.ts';

export const returns: Area = {
  policies: [returnsPolicy],
  migrations: {
    main: {
      '0006-returns': returnsMigration,
      '0101-disclosure-control': disclosureControlMigration,
      '0102-final-after-the-last-day': finalAfterLastDayMigration,
    },
  },
  pages: [
    {
      staff: returnRoutes,
      navigation: { href: returnPaths.list(), text: 'Returns', action: 'return.read' },
      homeStage: returnsHomeStage,
    },
  ],
  listeners: () => ({ main: returnsListeners, safeguarding: returnsListeners }),
};
