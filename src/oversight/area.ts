/** Oversight: who has seen a record and who could have, subject access requests, unusual access. */
import type { Area } from '../platform/area.ts';
import { oversightPaths, requestPaths, restrictedRequestPaths } from '../vocabulary/paths/audit.ts';
import { oversightRoutes } from './access-log/routes.ts';
import { oversightHomeItems } from './home-items.ts';

export const oversight: Area = {
  pages: [
    {
      staff: oversightRoutes,
      homeItems: ({ requestServices }) => oversightHomeItems(requestServices.access.policy),
      navigation: [
        {
          place: 'audit',
          href: oversightPaths.oversight(),
          text: 'Audit',
          says: 'See past and possible access to a record.',
          action: 'log.read',
        },
        {
          place: 'audit',
          href: oversightPaths.unusual(),
          text: 'Unusual access',
          says: 'Review unusual access and record your findings.',
          action: 'log.read',
        },
        {
          place: 'requests',
          href: requestPaths.requests(),
          text: 'Subject access requests',
          says: 'Answer people who ask for the data held on them.',
          action: 'request.read',
          otherPaths: [restrictedRequestPaths.requests()],
        },
      ],
    },
  ],
};
