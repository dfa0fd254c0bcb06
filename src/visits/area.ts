/** The record of a visit, and the requests to open an identity recorded there. */
import type { Area } from '../platform/area.ts';
import {
  arrestPaths,
  encounterPaths,
  identityRequestPaths,
  indicatorPaths,
  seizurePaths,
  visitPaths,
} from '../vocabulary/paths/visits.ts';
import { up as openingsMigration } from './identity-requests/migrations/0021-openings.ts';
import { up as openingsEndedMigration } from './identity-requests/migrations/0028-openings-ended.ts';
import { identityRequestsPolicy } from './identity-requests/policy.ts';
import { identityRequestHomeItems, identityRequestRoutes } from './identity-requests/routes.ts';
import { up as visitsMigration } from './migrations/0004-visits.ts';
import { up as metWithoutConcernMigration } from './migrations/0057-met-without-concern.ts';
import { up as powerWhereEnteredMigration } from './migrations/0097-power-where-entered.ts';
import { up as observableIndicatorsMigration } from './migrations/0098-observable-indicators.ts';
import { up as caseNamesMigration } from './migrations/0099-case-names.ts';
import { visitsPolicy } from './policy.ts';
import { visitsHomeStage, visitsRoutes } from './routes.ts';
import { eraseEncounters, listVisitStates } from './store.ts';

export const visits: Area = {
  policies: [visitsPolicy, identityRequestsPolicy],
  migrations: {
    main: {
      '0004-visits': visitsMigration,
      '0021-openings': openingsMigration,
      '0028-openings-ended': openingsEndedMigration,
      '0057-met-without-concern': metWithoutConcernMigration,
      '0097-power-where-entered': powerWhereEnteredMigration,
      '0098-observable-indicators': observableIndicatorsMigration,
      '0099-case-names': caseNamesMigration,
    },
  },
  pages: [
    {
      staff: visitsRoutes,
      navigation: {
        href: visitPaths.list(),
        text: 'Visits',
        action: 'visit.read',
        otherPaths: [arrestPaths, encounterPaths, seizurePaths, indicatorPaths].map(({ list }) => list()),
      },
      homeStage: visitsHomeStage,
    },
    {
      staff: identityRequestRoutes,
      navigation: { href: identityRequestPaths.list(), text: 'Names', action: 'identity request.read' },
      homeItems: [identityRequestHomeItems],
    },
  ],
  visitStates: listVisitStates,
  chores: () => [{ name: 'let go who was met without concern', everySeconds: 3_600, run: eraseEncounters }],
};
