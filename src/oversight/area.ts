/** Oversight: who has seen a record and who could have, subject access requests, unusual access. */
import type { Area } from '../platform/area.ts';
import { oversightPaths } from '../vocabulary/paths/audit.ts';
import { oversightRoutes } from './access-log/routes.ts';
import { oversightHomeItems } from './home-items.ts';
import { up as oversightMigration } from './migrations/0014-oversight.ts';
import { up as namesBesideMigration } from './migrations/0022-names-beside.ts';
import { upSafeguarding as askedForApartMigration, up as askedForMigration } from './migrations/0026-asked-for.ts';
import { up as logByTimeMigration } from './migrations/0027-log-by-time.ts';
import {
  upSafeguarding as askedByPersonApartMigration,
  up as askedByPersonMigration,
} from './migrations/0067-asked-by-the-person.ts';
import { oversightPolicy } from './policy.ts';

export const oversight: Area = {
  policies: [oversightPolicy],
  migrations: {
    main: {
      '0014-oversight': oversightMigration,
      '0022-names-beside': namesBesideMigration,
      '0026-asked-for': askedForMigration,
      '0027-log-by-time': logByTimeMigration,
      '0067-asked-by-the-person': askedByPersonMigration,
    },
    safeguarding: {
      '0014-oversight': oversightMigration,
      '0026-asked-for': askedForApartMigration,
      '0027-log-by-time': logByTimeMigration,
      '0067-asked-by-the-person': askedByPersonApartMigration,
    },
  },
  pages: [
    {
      staff: oversightRoutes,
      homeItems: ({ requestServices }) => oversightHomeItems(requestServices.access.policy),
      navigation: { href: oversightPaths.oversight(), text: 'Oversight', action: 'log.read' },
    },
  ],
};
