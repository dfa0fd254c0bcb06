/** Access: emergency access, and the page that says who can see what. */
import type { Area } from '../platform/area.ts';
import { accessRulesPaths } from '../vocabulary/paths/access.ts';
import {
  breakGlassRoutes,
  overdueAuditHomeItems,
  overdueReviewHomeItems,
  reviewHomeItems,
} from './break-glass/routes.ts';
import { accessRulesRoutes } from './who-can-see-what/routes.ts';

export const accessArea: Area = {
  pages: [
    { staff: breakGlassRoutes, homeItems: [reviewHomeItems, overdueReviewHomeItems, overdueAuditHomeItems] },
    {
      staff: accessRulesRoutes,
      // In the menu of members who read the log; everybody else finds it at the foot of each page.
      navigation: { href: accessRulesPaths.rules(), text: 'Who can see what', action: 'log.read' },
    },
  ],
};
