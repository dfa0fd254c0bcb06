/** Intelligence: what reports and records say, graded and sanitised. Enforcement alone reads it; nothing of the safeguarding database is in it. */
import type { Area } from '../platform/area.ts';
import { withSealing } from '../reports/index.ts';
import { deconflictionPaths, intelligencePaths } from '../vocabulary/paths/intelligence.ts';
import { chartRoutes } from './chart/routes.ts';
import { askRoutes } from './deconfliction/ask-routes.ts';
import { deconflictionHomeItems } from './deconfliction/home-items.ts';
import { comparePlans } from './deconfliction/round.ts';
import { deconflictionRoutes } from './deconfliction/routes.ts';
import { entityRoutes } from './entities/routes.ts';
import { entitySearch } from './entities/search-store.ts';
import { intelligenceHomeStage } from './items/home-items.ts';
import { itemRoutes } from './items/routes.ts';
import { itemSearch } from './items/search-store.ts';
import { proposalHomeItems } from './proposals/home-items.ts';
import { proposalRoutes } from './proposals/routes.ts';
import { sharedHomeItems } from './sharing/home-items.ts';
import { sharingRoutes } from './sharing/routes.ts';

export const intelligence: Area = {
  pages: [
    { staff: withSealing(entityRoutes) },
    { staff: askRoutes },
    {
      staff: deconflictionRoutes,
      navigation: [
        {
          place: 'operations',
          href: deconflictionPaths.checks(),
          text: 'Checks with other agencies',
          says: 'Learn whom to ring when another agency plans a visit to the same premises.',
          action: 'deconfliction.read',
        },
      ],
      homeItems: [deconflictionHomeItems],
    },
    { staff: withSealing(chartRoutes) },
    {
      staff: withSealing(sharingRoutes),
      navigation: [
        {
          place: 'intelligence',
          href: intelligencePaths.received(),
          text: 'Shared with your agency',
          says: 'Intelligence from other agencies, with its handling conditions.',
          action: 'intelligence share.read',
        },
      ],
      homeItems: [sharedHomeItems],
    },
    {
      staff: withSealing(proposalRoutes),
      navigation: [
        {
          place: 'intelligence',
          href: intelligencePaths.proposals(),
          text: 'Proposals from intelligence',
          says: 'Visits that triage proposes to planners.',
          action: 'intelligence proposal.read',
        },
      ],
      homeItems: [proposalHomeItems],
    },
    {
      staff: withSealing(itemRoutes),
      search: [itemSearch, entitySearch],
      navigation: [
        {
          place: 'intelligence',
          href: intelligencePaths.list(),
          text: 'Intelligence',
          says: 'Grade and sanitise what reports say, and review it.',
          action: 'intelligence item.read',
        },
      ],
      homeStage: intelligenceHomeStage,
    },
  ],
  chores: ({ staffKeys }) =>
    staffKeys
      ? [
          {
            name: 'compare plans with other agencies',
            everySeconds: 30,
            run: (tx, now) => comparePlans(tx, staffKeys, now),
          },
        ]
      : [],
};
