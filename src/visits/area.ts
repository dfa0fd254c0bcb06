/** The record of a visit, and the requests to open an identity recorded there. */
import type { Area } from '../platform/area.ts';
import { sweepGroup } from '../platform/files/stored-copies.ts';
import {
  arrestPaths,
  encounterPaths,
  identityRequestPaths,
  indicatorPaths,
  officerReferralPaths,
  photoPaths,
  seizurePaths,
  visitPaths,
} from '../vocabulary/paths/visits.ts';
import { visitsHomeStage } from './home/home-items.ts';
import { identityRequestHomeItems, identityRequestRoutes } from './identity-requests/routes.ts';
import { filterKeptPhotos } from './photos/store.ts';
import { visitsRoutes } from './routes.ts';
import { encounterSearch, identityRequestSearch, visitSearch } from './search-store.ts';
import { eraseEncounters } from './store.ts';
import { listVisitStates } from './visit-list-store.ts';

export const visits: Area = {
  pages: [
    {
      staff: visitsRoutes,
      search: [visitSearch, encounterSearch],
      navigation: [
        {
          place: 'visits',
          href: visitPaths.list(),
          text: 'Visits',
          says: 'Record what happened at the premises.',
          potentialVictim: {
            who: 'Somebody met at a visit',
            does: 'Open the visit, then the person. On the person’s page you can write a note or ask for help.',
          },
          action: 'visit.read',
          otherPaths: [arrestPaths, encounterPaths, seizurePaths, indicatorPaths, photoPaths, officerReferralPaths].map(
            ({ list }) => list(),
          ),
        },
      ],
      homeStage: visitsHomeStage,
    },
    {
      staff: identityRequestRoutes,
      search: [identityRequestSearch],
      navigation: [
        {
          place: 'requests',
          href: identityRequestPaths.list(),
          text: 'Identity requests',
          says: 'Ask a custodian for the sealed name of a person encountered, or decide on such a request.',
          action: 'identity request.read',
        },
      ],
      homeItems: [identityRequestHomeItems],
    },
  ],
  visitStates: listVisitStates,
  chores: ({ config }) => [
    { name: 'let go who was met without concern', everySeconds: 3_600, run: eraseEncounters },
    {
      name: 'sweep photos of visits',
      everySeconds: 3_600,
      run: sweepGroup(config.filesFolder, 'visits', filterKeptPhotos),
    },
  ],
};
