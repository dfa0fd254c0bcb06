/** The newsroom: releases bound to a signed return, and releases of others imported. */
import type { Area } from '../platform/area.ts';
import { importedReleasePaths, newsroomPaths, releasePaths } from '../vocabulary/paths/newsroom.ts';
import { up as archiveMigration } from './imported-releases/migrations/0007-cuttings.ts';
import { importedReleasesPolicy } from './imported-releases/policy.ts';
import { importedReleaseRoutes } from './imported-releases/routes.ts';
import {
  nameChecksMigration,
  newsPublicRoutes,
  newsroomHomeItems,
  newsroomMigration,
  newsroomPolicy,
  newsroomRoutes,
  publishedAfterLastDayMigration,
} from './releases/index.ts';

export const newsroom: Area = {
  policies: [importedReleasesPolicy, newsroomPolicy],
  migrations: {
    main: {
      '0007-cuttings': archiveMigration,
      '0008-newsroom': newsroomMigration,
      '0100-name-checks': nameChecksMigration,
      '0102-published-after-the-last-day': publishedAfterLastDayMigration,
    },
  },
  pages: [
    {
      public: newsPublicRoutes,
      staff: newsroomRoutes,
      navigation: {
        href: newsroomPaths.list(),
        text: 'Newsroom',
        action: 'release.read',
        otherPaths: [releasePaths.section(), importedReleasePaths.list()],
      },
      homeStage: newsroomHomeItems,
    },
    { staff: importedReleaseRoutes },
  ],
};
