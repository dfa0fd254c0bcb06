/** The newsroom: releases bound to a signed return, and releases of others imported. */
import type { Area } from '../platform/area.ts';
import { importedReleasePaths, newsroomPaths, releasePaths } from '../vocabulary/paths/newsroom.ts';
import { importedReleaseRoutes } from './imported-releases/routes.ts';
import { newsPublicRoutes, newsroomHomeItems, newsroomRoutes } from './releases/index.ts';
import { releaseSearch } from './search-store.ts';

export const newsroom: Area = {
  pages: [
    {
      public: newsPublicRoutes,
      staff: newsroomRoutes,
      search: [releaseSearch],
      navigation: [
        {
          place: 'releases',
          href: newsroomPaths.list(),
          text: 'Releases',
          says: 'Draft, check, approve and publish news releases.',
          action: 'release.read',
          otherPaths: [releasePaths.section()],
        },
        {
          place: 'releases',
          href: importedReleasePaths.list(),
          text: 'Imported releases',
          says: 'Read and keep news releases that other organisations have published.',
          action: 'imported release.read',
        },
      ],
      homeStage: newsroomHomeItems,
    },
    { staff: importedReleaseRoutes },
  ],
};
