/** Oversight: who has seen a record and who could have, subject access requests, unusual access. */
import type { Area } from '../platform/area.ts';
import {
  askedByPersonApartMigration,
  askedByPersonMigration,
  askedForApartMigration,
  askedForMigration,
  logByTimeMigration,
  namesBesideMigration,
  oversightDesks,
  oversightMigration,
  oversightPolicy,
  oversightRoutes,
} from './index.ts';

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
      desks: ({ ground }) => oversightDesks(ground.access.policy),
      navigation: { href: '/staff/oversight', text: 'Oversight', action: 'log.read' },
    },
  ],
};
