/** Weeks of action and operations: the plan, powers of entry, briefings, the policy log, temporary access. */
import type { Area } from '../platform/area.ts';
import { notificationsHomeItems } from '../platform/notifications/index.ts';
import { emergencyAccessPaths } from '../vocabulary/paths/access.ts';
import {
  briefingPaths,
  operationPaths,
  powerPaths,
  premisesPaths,
  teamPaths,
  temporaryAccessPaths,
  weekPaths,
} from '../vocabulary/paths/operations.ts';
import { operationsHomeStage } from './briefings/place.ts';
import { briefingsPolicy } from './briefings/policy.ts';
import { briefingRoutes } from './briefings/routes.ts';
import { up as operationsMigration } from './plan/migrations/0003-operations.ts';
import { plannedVisitRoutes } from './plan/planned-visit-routes.ts';
import { operationsPolicy } from './plan/policy.ts';
import { operationsRoutes } from './plan/routes.ts';
import { policyLogPolicy } from './policy-log/policy.ts';
import { policyLogRoutes } from './policy-log/routes.ts';
import { plannedPowerRoutes } from './powers-of-entry/planned-power-routes.ts';
import { powersPolicy } from './powers-of-entry/policy.ts';
import { powersRoutes } from './powers-of-entry/routes.ts';
import { up as needToKnowMigration } from './premises-restriction/migrations/0015-need-to-know.ts';
import { up as glassOfLeaversMigration } from './premises-restriction/migrations/0020-glass-of-leavers.ts';
import { up as earlierTeamsMigration } from './premises-restriction/migrations/0025-earlier-teams.ts';
import { premisesRestrictionPolicy } from './premises-restriction/policy.ts';
import { premisesRestrictionRoutes } from './premises-restriction/routes.ts';
import { listBriefedBefore } from './premises-restriction/store.ts';
import { up as capacityMigration } from './support-capacity/migrations/0059-capacity-told.ts';
import { capacityPolicy } from './support-capacity/policy.ts';
import { up as passesMigration } from './temporary-access/migrations/0017-shift-passes.ts';
import { temporaryAccessPolicy } from './temporary-access/policy.ts';
import { temporaryAccessRoutes } from './temporary-access/routes.ts';
import { up as leaversMigration } from './weeks/migrations/0019-teams-of-leavers.ts';
import { participationRoutes } from './weeks/people-routes.ts';
import { weeksPolicy } from './weeks/policy.ts';
import { weeksRoutes } from './weeks/routes.ts';

export const operations: Area = {
  policies: [
    capacityPolicy,
    weeksPolicy,
    temporaryAccessPolicy,
    premisesRestrictionPolicy,
    policyLogPolicy,
    operationsPolicy,
    briefingsPolicy,
    powersPolicy,
  ],
  migrations: {
    main: {
      '0003-operations': operationsMigration,
      '0015-need-to-know': needToKnowMigration,
      '0017-shift-passes': passesMigration,
      '0019-teams-of-leavers': leaversMigration,
      '0020-glass-of-leavers': glassOfLeaversMigration,
      '0025-earlier-teams': earlierTeamsMigration,
      '0059-capacity-told': capacityMigration,
    },
  },
  pages: [
    { homeItems: [notificationsHomeItems({ 'briefing time set': listBriefedBefore })] },
    { staff: weeksRoutes },
    { staff: participationRoutes },
    { staff: premisesRestrictionRoutes },
    {
      staff: operationsRoutes,
      navigation: {
        href: operationPaths.list(),
        text: 'Operations',
        action: 'operation.read',
        otherPaths: [
          weekPaths.list(),
          premisesPaths.section(),
          teamPaths.section(),
          briefingPaths.section(),
          powerPaths.catalogue(),
          emergencyAccessPaths.list(),
        ],
      },
      homeStage: operationsHomeStage,
    },
    { staff: plannedPowerRoutes },
    { staff: plannedVisitRoutes },
    { staff: policyLogRoutes },
    { staff: briefingRoutes },
    { staff: powersRoutes },
    {
      staff: temporaryAccessRoutes,
      navigation: { href: temporaryAccessPaths.list(), text: 'Shift passes', action: 'temporary access.read' },
    },
  ],
};
