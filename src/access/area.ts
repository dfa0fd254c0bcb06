/** Access: emergency access, and the page that says who can see what. */
import type { Area } from '../platform/area.ts';
import { accessRulesPaths, emergencyAccessPaths } from '../vocabulary/paths/access.ts';
import {
  breakGlassRoutes,
  overdueAuditHomeItems,
  overdueReviewHomeItems,
  reviewHomeItems,
} from './break-glass/routes.ts';
import { accessRulesRoutes } from './who-can-see-what/routes.ts';

export const accessArea: Area = {
  pages: [
    {
      staff: breakGlassRoutes,
      homeItems: [reviewHomeItems, overdueReviewHomeItems, overdueAuditHomeItems],
      navigation: [
        {
          place: 'operations',
          href: emergencyAccessPaths.list(),
          text: 'Emergency access',
          says: 'Open a plan in an emergency, and review who opened plans this way.',
          action: 'break-glass.read',
        },
        {
          place: 'audit',
          href: emergencyAccessPaths.audit(),
          text: 'Reviews of emergency access',
          says: 'See which emergency access was reviewed, and which is overdue.',
          action: 'break-glass.audit',
        },
      ],
    },
    {
      staff: accessRulesRoutes,
      navigation: [
        {
          place: 'help',
          href: accessRulesPaths.rules(),
          text: 'Access rules',
          says: 'See what each role can read and change.',
          action: 'policy.read',
        },
      ],
    },
  ],
};
