/** The one file that knows every room: its policy, its migrations, its routes and its door. */
import type { FastifyInstance } from 'fastify';
import { archiveMigration, archivePolicy, archiveRoutes } from './archive/index.ts';
import { briefingRoutes, briefingsPolicy, operationsPlace } from './briefings/index.ts';
import { decisionRoutes, decisionsPolicy } from './decisions/index.ts';
import {
  newsPublicRoutes,
  newsroomMigration,
  newsroomPlace,
  newsroomPolicy,
  newsroomRoutes,
} from './newsroom/index.ts';
import { entryRoutes, operationsMigration, operationsPolicy, operationsRoutes } from './operations/index.ts';
import { oversightMigration, oversightPolicy, oversightRoutes } from './oversight/index.ts';
import {
  accountRoutes,
  endOldSessions,
  memberTermsMigration,
  partnershipMigration,
  partnershipPolicy,
  resolveActor,
  sessionRoutes,
} from './partnership/index.ts';
import { joinPolicies } from './platform/access.ts';
import type { Assets } from './platform/assets.ts';
import { LookWriter } from './platform/audit.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { UnitKeys } from './platform/crypto.ts';
import type { Databases } from './platform/database.ts';
import { openDoors, type Room } from './platform/doors.ts';
import { floorPolicy } from './platform/floor-policy.ts';
import { openLogger } from './platform/logger.ts';
import type { House } from './platform/migrate.ts';
import { up as floorMigration } from './platform/migrations/0001-floor.ts';
import { up as logColumnsMigration } from './platform/migrations/0009-log-columns.ts';
import { type Listeners, lead } from './platform/outbox.ts';
import { openViews } from './platform/views.ts';
import { powersPolicy, powersRoutes } from './powers/index.ts';
import { returnRoutes, returnsListeners, returnsMigration, returnsPlace, returnsPolicy } from './returns/index.ts';
import {
  safeguardingMigration,
  safeguardingPlace,
  safeguardingPolicy,
  safeguardingRoutes,
} from './safeguarding/index.ts';
import { signsRoutes } from './signs/index.ts';
import { listVisitStates, visitsMigration, visitsPlace, visitsPolicy, visitsRoutes } from './visits/index.ts';
import { takingPartRoutes, weeksPolicy, weeksRoutes } from './weeks/index.ts';

export const access = joinPolicies([
  floorPolicy,
  partnershipPolicy,
  weeksPolicy,
  decisionsPolicy,
  operationsPolicy,
  briefingsPolicy,
  powersPolicy,
  visitsPolicy,
  safeguardingPolicy,
  returnsPolicy,
  archivePolicy,
  newsroomPolicy,
  oversightPolicy,
]);

export const house: House = {
  policy: access.policy,
  migrations: {
    main: {
      '0001-floor': floorMigration,
      '0002-partnership': partnershipMigration,
      '0003-operations': operationsMigration,
      '0004-visits': visitsMigration,
      '0006-returns': returnsMigration,
      '0007-cuttings': archiveMigration,
      '0008-newsroom': newsroomMigration,
      '0009-log-columns': logColumnsMigration,
      '0010-member-terms': memberTermsMigration,
      '0014-oversight': oversightMigration,
    },
    safeguarding: {
      '0001-floor': floorMigration,
      '0005-safeguarding': safeguardingMigration,
      '0009-log-columns': logColumnsMigration,
      '0014-oversight': oversightMigration,
    },
  },
};

const rooms: readonly Room[] = [
  { public: signsRoutes },
  { staff: sessionRoutes },
  { staff: weeksRoutes },
  { staff: takingPartRoutes },
  {
    staff: operationsRoutes(listVisitStates),
    navigation: {
      href: '/staff/operations',
      text: 'Operations',
      action: 'operation.read',
      also: ['/staff/weeks', '/staff/premises', '/staff/teams', '/staff/briefings', '/staff/powers'],
    },
    place: operationsPlace,
  },
  { staff: entryRoutes },
  { staff: decisionRoutes },
  { staff: briefingRoutes },
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
    staff: safeguardingRoutes,
    navigation: { href: '/staff/safeguarding', text: 'Help given', action: 'note.read' },
    place: safeguardingPlace,
  },
  {
    staff: returnRoutes,
    navigation: { href: '/staff/returns', text: 'Returns', action: 'return.read' },
    place: returnsPlace,
  },
  {
    public: newsPublicRoutes,
    staff: newsroomRoutes,
    navigation: {
      href: '/staff/newsroom',
      text: 'Newsroom',
      action: 'release.read',
      also: ['/staff/releases', '/staff/archive'],
    },
    place: newsroomPlace,
  },
  { staff: archiveRoutes },
  { staff: powersRoutes },
  {
    staff: oversightRoutes,
    navigation: { href: '/staff/oversight', text: 'Oversight', action: 'log.read' },
  },
  { staff: accountRoutes, navigation: { href: '/staff/accounts', text: 'People', action: 'account.read' } },
];

export type AppParts = {
  readonly config: Config;
  readonly databases: Databases;
  readonly keys: UnitKeys;
  readonly clock: Clock;
  readonly assets: Assets;
};

/** The doors that the configuration names, not yet listening. */
export function openApp({ config, databases, keys, clock, assets }: AppParts): Promise<FastifyInstance> {
  return openDoors({
    config,
    rooms,
    assets,
    keys,
    ground: { databases, looks: new LookWriter(databases), access, resolveActor },
    clock,
    views: openViews(),
    logger: openLogger(config.logLevel),
  });
}

/** What later rooms hear of earlier ones. */
export const listeners: Listeners = { ...returnsListeners };

/** Background work, in whichever process leads. Ends by the signal. */
export const runBackground = (
  databases: Databases,
  clock: Clock,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> =>
  lead(
    databases,
    clock,
    listeners,
    [{ name: 'end old sessions', everySeconds: 600, run: endOldSessions }],
    signal,
    onError,
  );
