/** The newsroom: releases bound to a signed return, and releases of others imported. */
import type { Area } from '../platform/area.ts';
import {
  importedReleasePaths,
  mediaListPaths,
  newsroomPaths,
  releasePaths,
  submittedReleasePaths,
} from '../vocabulary/paths/newsroom.ts';
import { importedReleaseRoutes } from './imported-releases/routes.ts';
import { mediaListChores } from './media-list/queue.ts';
import { mediaListRoutes } from './media-list/routes.ts';
import { publicationCertificateChore } from './publication/certificates/chore.ts';
import { newsPublicRoutes, newsroomHomeItems, newsroomRoutes } from './releases/index.ts';
import { releaseSearch } from './search-store.ts';
import { submittedReleaseHomeItems } from './submitted-releases/home-items.ts';
import { submittedReleaseRoutes } from './submitted-releases/routes.ts';

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
    {
      staff: mediaListRoutes,
      navigation: [
        {
          place: 'releases',
          href: mediaListPaths.list(),
          text: 'Media list',
          says: 'Keep the newsrooms that get your releases by e-mail.',
          action: 'press contact.read',
        },
      ],
    },
    {
      staff: submittedReleaseRoutes,
      homeItems: [submittedReleaseHomeItems],
      navigation: [
        {
          place: 'releases',
          href: submittedReleasePaths.list(),
          text: 'Releases that you can stop',
          says: 'Read a release that waits or is published, and stop it if it could harm a person.',
          action: 'submitted release.stop',
        },
      ],
    },
    { staff: importedReleaseRoutes },
  ],
  chores: (parts) => [...mediaListChores(parts), publicationCertificateChore(parts)],
};
