/** Weeks of action and operations: the plan, powers of entry, briefings, the policy log, temporary access. */
import type { Area } from '../platform/area.ts';
import { noticesDesk } from '../platform/notifications/index.ts';
import { briefingRoutes, briefingsPolicy, operationsPlace } from './briefings/index.ts';
import { entryRoutes, operationsMigration, operationsPolicy, operationsRoutes } from './plan/index.ts';
import { decisionRoutes, decisionsPolicy } from './policy-log/index.ts';
import { powersPolicy, powersRoutes } from './powers-of-entry/index.ts';
import {
  earlierTeamsMigration,
  embargoPolicy,
  embargoRoutes,
  glassOfLeaversMigration,
  listBriefedBefore,
  needToKnowMigration,
} from './premises-restriction/index.ts';
import { capacityMigration, capacityPolicy } from './support-capacity/index.ts';
import { passesMigration, passesPolicy, passRoutes } from './temporary-access/index.ts';
import { leaversMigration, takingPartRoutes, weeksPolicy, weeksRoutes } from './weeks/index.ts';

export const operations: Area = {
  policies: [
    capacityPolicy,
    weeksPolicy,
    passesPolicy,
    embargoPolicy,
    decisionsPolicy,
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
    { desks: [noticesDesk({ 'briefing time set': listBriefedBefore })] },
    { staff: weeksRoutes },
    { staff: takingPartRoutes },
    { staff: embargoRoutes },
    {
      staff: operationsRoutes,
      navigation: {
        href: '/staff/operations',
        text: 'Operations',
        action: 'operation.read',
        also: ['/staff/weeks', '/staff/premises', '/staff/teams', '/staff/briefings', '/staff/powers', '/staff/glass'],
      },
      place: operationsPlace,
    },
    { staff: entryRoutes },
    { staff: decisionRoutes },
    { staff: briefingRoutes },
    { staff: powersRoutes },
    { staff: passRoutes, navigation: { href: '/staff/passes', text: 'Shift passes', action: 'pass.read' } },
  ],
};
