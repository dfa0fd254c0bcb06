/** Weeks of action and operations: the plan, powers of entry, briefings, the policy log, temporary access. */
import type { Area } from '../platform/area.ts';
import { sweepGroup } from '../platform/files/stored-copies.ts';
import { notificationsHomeItems } from '../platform/notifications/index.ts';
import {
  briefingPaths,
  operationPaths,
  partnerDefaultPaths,
  partnerInvitationPaths,
  planFilePaths,
  powerPaths,
  premisesPaths,
  teamPaths,
  temporaryAccessPaths,
  weekPaths,
} from '../vocabulary/paths/operations.ts';
import { boardRoutes } from './board/routes.ts';
import { briefingRoutes } from './briefings/routes.ts';
import { copyPremisesRoute } from './copied-plan/premises-routes.ts';
import { copyWeekRoute } from './copied-plan/week-routes.ts';
import { operationsHomeStage } from './home/home-items.ts';
import { warrantHomeItems } from './home/warrant-items.ts';
import { invitationHomeItems, invitationRoutes } from './invitations/routes.ts';
import { jointVisitRoutes } from './joint-visits/routes.ts';
import { overviewRoutes } from './overview/routes.ts';
import { partnerDefaultRoutes } from './partner-defaults/routes.ts';
import { newPremisesRoutes } from './plan/new-premises-routes.ts';
import { plannedVisitRoutes } from './plan/planned-visit-routes.ts';
import { operationsRoutes } from './plan/routes.ts';
import { warningRoutes } from './plan/warning-routes.ts';
import { planFileRoutes } from './plan-files/routes.ts';
import { filterKeptFiles } from './plan-files/store.ts';
import { policyLogRoutes } from './policy-log/routes.ts';
import { plannedPowerRoutes } from './powers-of-entry/planned-power-routes.ts';
import { powersRoutes } from './powers-of-entry/routes.ts';
import { warrantApplicationRoutes } from './powers-of-entry/warrant-application-routes.ts';
import { premisesImportRoutes } from './premises-import/routes.ts';
import { premisesRestrictionRoutes } from './premises-restriction/routes.ts';
import { listBriefedBefore } from './premises-restriction/store.ts';
import { scheduleRoutes } from './schedule/routes.ts';
import { operationSearch, powerSearch, premisesSearch } from './search-store.ts';
import { temporaryAccessRoutes } from './temporary-access/routes.ts';
import { participationRoutes } from './weeks/people-routes.ts';
import { weeksRoutes } from './weeks/routes.ts';

/** Home lists an invitation by itself until it is answered. */
const listedElsewhere = async (_db: unknown, subjects: readonly string[]): Promise<readonly string[]> => subjects;

export const operations: Area = {
  pages: [
    {
      homeItems: [
        notificationsHomeItems({ 'briefing time set': listBriefedBefore, 'partner invited': listedElsewhere }),
      ],
    },
    { staff: weeksRoutes },
    { staff: copyWeekRoute },
    { staff: participationRoutes },
    { staff: invitationRoutes, homeItems: [invitationHomeItems] },
    { staff: jointVisitRoutes },
    { staff: premisesRestrictionRoutes },
    {
      staff: overviewRoutes,
      search: [operationSearch, premisesSearch, powerSearch],
      navigation: [
        {
          place: 'operations',
          href: operationPaths.list(),
          text: 'Operations',
          says: 'Plans with their premises, powers, teams and briefings, and the policy log.',
          action: 'operation.read',
          otherPaths: [premisesPaths, teamPaths, briefingPaths, planFilePaths, partnerInvitationPaths].map(
            ({ section }) => section(),
          ),
        },
        {
          place: 'operations',
          href: weekPaths.list(),
          text: 'Weeks of action',
          says: 'A week of action joins several operations that share a name and a focus.',
          action: 'operation.read',
        },
        {
          place: 'help',
          href: powerPaths.catalogue(),
          text: 'Powers of entry',
          says: 'The legal grounds for entering premises, with their conditions.',
          // The page leads on to operations, so it is offered to those who open them.
          action: 'operation.read',
        },
      ],
      homeStage: operationsHomeStage,
      homeItems: (parts) => [warrantHomeItems(parts)],
    },
    {
      staff: partnerDefaultRoutes,
      navigation: [
        {
          place: 'operations',
          href: partnerDefaultPaths.list(),
          text: 'Defaults of partners',
          says: 'Names, resources and people that fill the form of a new partner.',
          action: 'partner default.read',
        },
      ],
    },
    { staff: operationsRoutes },
    { staff: newPremisesRoutes },
    { staff: premisesImportRoutes },
    { staff: planFileRoutes },
    { staff: copyPremisesRoute },
    { staff: scheduleRoutes },
    { staff: boardRoutes },
    { staff: plannedPowerRoutes },
    { staff: warrantApplicationRoutes },
    { staff: plannedVisitRoutes },
    { staff: warningRoutes },
    { staff: policyLogRoutes },
    { staff: briefingRoutes },
    { staff: powersRoutes },
    {
      staff: temporaryAccessRoutes,
      navigation: [
        {
          place: 'temporary access',
          href: temporaryAccessPaths.list(),
          text: 'Temporary access',
          says: 'Give volunteers access for one shift, and end their access.',
          action: 'temporary access.read',
        },
      ],
    },
  ],
  chores: ({ config }) => [
    {
      name: 'sweep files of plans',
      everySeconds: 3_600,
      run: sweepGroup(config.filesFolder, 'plans', filterKeptFiles),
    },
  ],
};
