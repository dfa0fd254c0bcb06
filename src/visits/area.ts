/** The record of a visit, and the requests to open an identity recorded there. */
import type { Area } from '../platform/area.ts';
import {
  openingRoutes,
  openingsDesk,
  openingsEndedMigration,
  openingsMigration,
  openingsPolicy,
} from './identity-requests/index.ts';
import {
  caseNamesMigration,
  letMetGo,
  listVisitStates,
  metWithoutConcernMigration,
  observableIndicatorsMigration,
  powerWhereEnteredMigration,
  visitsMigration,
  visitsPlace,
  visitsPolicy,
  visitsRoutes,
} from './index.ts';

export const visits: Area = {
  policies: [visitsPolicy, openingsPolicy],
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
        href: '/staff/visits',
        text: 'Visits',
        action: 'visit.read',
        also: ['/staff/arrests', '/staff/encounters', '/staff/seizures', '/staff/observations'],
      },
      place: visitsPlace,
    },
    {
      staff: openingRoutes,
      navigation: { href: '/staff/openings', text: 'Names', action: 'opening.read' },
      desks: [openingsDesk],
    },
  ],
  visitStates: listVisitStates,
  chores: () => [{ name: 'let go who was met without concern', everySeconds: 3_600, run: letMetGo }],
};
