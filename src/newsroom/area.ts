/** The newsroom: releases bound to a signed return, and releases of others imported. */
import type { Area } from '../platform/area.ts';
import { importedReleasePaths, newsroomPaths, releasePaths } from '../vocabulary/paths/newsroom.ts';
import { importedReleaseRoutes } from './imported-releases/routes.ts';
import { newsPublicRoutes, newsroomHomeItems, newsroomRoutes } from './releases/index.ts';

export const newsroom: Area = {
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
