/** Oversight: who has seen a record and who could have, subject access requests, unusual access. */
import type { Area } from '../platform/area.ts';
import { oversightPaths } from '../vocabulary/paths/audit.ts';
import { oversightRoutes } from './access-log/routes.ts';
import { oversightHomeItems } from './home-items.ts';

export const oversight: Area = {
  pages: [
    {
      staff: oversightRoutes,
      homeItems: ({ requestServices }) => oversightHomeItems(requestServices.access.policy),
      navigation: { href: oversightPaths.oversight(), text: 'Oversight', action: 'log.read' },
    },
  ],
};
