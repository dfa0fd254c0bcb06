/** The one file that knows every room: its policy, its migrations, its routes and its door. */
import type { FastifyInstance } from 'fastify';
import { auditedDesk, glassPolicy, glassRoutes, overdueDesk, reviewDesk } from './access/break-glass/index.ts';
import { keepVersion, whoSeesWhat, whoSeesWhatPolicy, whoSeesWhatRoutes } from './access/who-can-see-what/index.ts';
import { logPolicy, logRoutes } from './audit/log/index.ts';
import { EndedUse, holdSession, partnershipPolicy, resolveActor, SeenWriter } from './identity/agencies/index.ts';
import {
  agencyRoutes,
  exceptionRoutes,
  invitationRoutes,
  peoplePolicy,
  peopleRoutes,
} from './identity/members/index.ts';
import { confirmationRoutes, confirmationsDesk, confirmationsPolicy } from './identity/role-approval/index.ts';
import { sessionListRoutes, signInPolicy, signInRoutes, waysInRoutes } from './identity/sign-in/index.ts';
import { offerSignOn, settingsRoutes, signOnRoutes, singleSignOnPolicy } from './identity/single-sign-on/index.ts';
import { migrations } from './migrations.ts';
import { archivePolicy, archiveRoutes } from './newsroom/imported-releases/index.ts';
import { newsPublicRoutes, newsroomPlace, newsroomPolicy, newsroomRoutes } from './newsroom/releases/index.ts';
import { briefingRoutes, briefingsPolicy, operationsPlace } from './operations/briefings/index.ts';
import { entryRoutes, operationsPolicy, operationsRoutes } from './operations/plan/index.ts';
import { decisionRoutes, decisionsPolicy } from './operations/policy-log/index.ts';
import { powersPolicy, powersRoutes } from './operations/powers-of-entry/index.ts';
import { embargoPolicy, embargoRoutes, listBriefedBefore } from './operations/premises-restriction/index.ts';
import { passesPolicy, passRoutes } from './operations/temporary-access/index.ts';
import { takingPartRoutes, weeksPolicy, weeksRoutes } from './operations/weeks/index.ts';
import { oversightDesks, oversightPolicy, oversightRoutes } from './oversight/index.ts';
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
import { noticesDesk, noticesPolicy, noticesRoutes } from './platform/notifications/index.ts';
import type { ResponseTiming } from './platform/padding.ts';
import { RefusalWriter } from './platform/refusals.ts';
import { openViews } from './platform/views.ts';
import { publicLanguages } from './public/languages/index.ts';
import { journeyRoutes } from './public/private-journey/index.ts';
import { signsRoutes } from './public/signs/index.ts';
import {
  contactsDesk,
  publicReportRoutes,
  reportsDesk,
  reportsNavigation,
  reportsPlace,
  reportsPolicy,
  retentionDesk,
  staffReportRoutes,
} from './reports/index.ts';
import { returnRoutes, returnsPlace, returnsPolicy } from './returns/index.ts';
import {
  caseFollowed,
  handoverRoutes,
  heldOfTasks,
  helpFollowed,
  taskRoutes,
  tasksBeside,
  tasksDesk,
  tasksPolicy,
} from './safeguarding/actions/index.ts';
import {
  custodyDesk,
  custodyRoutes,
  givingRoutes,
  heldOfNotices,
  noticesTold,
  protectiveNoticesPolicy,
} from './safeguarding/custody-notices/index.ts';
import { heldOfPapers, paperRoutes, papersPolicy } from './safeguarding/documents/index.ts';
import {
  answersTold,
  heldOfDecisions,
  informationDesk,
  informationRequestRoutes,
  informationRequestsPolicy,
} from './safeguarding/information-requests/index.ts';
import {
  concernRoutes,
  concernsBeside,
  concernsPolicy,
  handedDesk,
  heldOfConcerns,
  peopleWithDrafts,
  submissionsTold,
} from './safeguarding/nrm-drafts/index.ts';
import { heldOfPersons, personRoutes, personsPolicy } from './safeguarding/people/index.ts';
import {
  boardRoutes,
  heldOfReception,
  placesTold,
  receptionBeside,
  receptionPolicy,
  receptionRoutes,
} from './safeguarding/reception/index.ts';
import {
  childrenDesk,
  disclosingDesk,
  heldOfNotes,
  safeguardingPlace,
  safeguardingPolicy,
  safeguardingRoutes,
  unsentBeside,
} from './safeguarding/referrals/index.ts';
import { heldOfKeeping, lettingGoPolicy, lettingGoRoutes } from './safeguarding/retention/index.ts';
import { openingRoutes, openingsDesk, openingsPolicy } from './visits/identity-requests/index.ts';
import { listVisitStates, visitsPlace, visitsPolicy, visitsRoutes } from './visits/index.ts';

export const access = joinPolicies([
  floorPolicy,
  partnershipPolicy,
  logPolicy,
  signInPolicy,
  noticesPolicy,
  reportsPolicy,
  peoplePolicy,
  confirmationsPolicy,
  singleSignOnPolicy,
  weeksPolicy,
  passesPolicy,
  glassPolicy,
  embargoPolicy,
  decisionsPolicy,
  operationsPolicy,
  briefingsPolicy,
  powersPolicy,
  visitsPolicy,
  openingsPolicy,
  safeguardingPolicy,
  personsPolicy,
  papersPolicy,
  tasksPolicy,
  receptionPolicy,
  concernsPolicy,
  protectiveNoticesPolicy,
  informationRequestsPolicy,
  lettingGoPolicy,
  returnsPolicy,
  archivePolicy,
  newsroomPolicy,
  oversightPolicy,
  whoSeesWhatPolicy,
]);

export const house: House = {
  policy: access.policy,
  migrations,
  inWords: { of: whoSeesWhat, keep: keepVersion },
};

/** What a person is told when she asks what is held on her, in the order in which it happened to her. */
const heldBehindTheWall = [
  heldOfPersons,
  heldOfNotes,
  heldOfReception,
  heldOfTasks,
  heldOfPapers,
  heldOfConcerns,
  heldOfNotices,
  heldOfDecisions,
  heldOfKeeping,
];

const rooms: readonly Room[] = [
  { public: journeyRoutes },
  { public: signsRoutes },
  {
    public: publicReportRoutes,
    staff: staffReportRoutes('police'),
    navigation: { href: '/staff/reports', text: 'Reports', action: 'report.read' },
    place: reportsPlace,
    desks: [reportsDesk('police'), contactsDesk('police'), retentionDesk('police')],
  },
  {
    staff: staffReportRoutes('help'),
    navigation: { href: '/staff/safeguarding/reports', text: 'Reports to us', action: 'help report.read' },
    desks: [reportsDesk('help'), contactsDesk('help'), retentionDesk('help')],
  },
  ...reportsNavigation.map((navigation) => ({ navigation })),
  { staff: signInRoutes },
  { staff: waysInRoutes },
  { staff: sessionListRoutes },
  { staff: noticesRoutes, desks: [noticesDesk({ 'briefing time set': listBriefedBefore })] },
  { staff: confirmationRoutes, desks: [confirmationsDesk] },
  { staff: settingsRoutes },
  { staff: signOnRoutes },
  { staff: weeksRoutes(placesTold) },
  { staff: takingPartRoutes },
  { staff: glassRoutes, desks: [reviewDesk, overdueDesk, auditedDesk] },
  { staff: embargoRoutes },
  {
    staff: operationsRoutes(listVisitStates),
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
  {
    staff: safeguardingRoutes(peopleWithDrafts, [submissionsTold, noticesTold, answersTold]),
    navigation: { href: '/staff/safeguarding', text: 'Help given', action: 'referral.read' },
    place: safeguardingPlace,
    desks: [childrenDesk, disclosingDesk],
  },
  {
    staff: personRoutes(helpFollowed, [unsentBeside, tasksBeside, concernsBeside, receptionBeside]),
    navigation: { href: '/staff/safeguarding/persons', text: 'Find a person', action: 'person.read' },
  },
  { staff: paperRoutes },
  {
    staff: concernRoutes(caseFollowed),
    navigation: { href: '/staff/safeguarding/concerns', text: 'Concerns', action: 'concern.read' },
    desks: (parts) => [handedDesk(parts)],
  },
  {
    staff: givingRoutes,
    navigation: {
      href: '/staff/safeguarding/protective-notices',
      text: 'Protective notices',
      action: 'protective notice.read',
    },
  },
  {
    staff: custodyRoutes,
    navigation: { href: '/staff/custody-notices', text: 'Custody notices', action: 'custody ring.read' },
    desks: [custodyDesk],
  },
  { navigation: { href: '/staff/custody-notices/on-call', text: 'Custodians on call', action: 'custodian turn.read' } },
  {
    staff: informationRequestRoutes,
    navigation: {
      href: '/staff/information-requests',
      text: 'Information requests',
      action: 'information request.read',
    },
    desks: [informationDesk],
  },
  {
    navigation: {
      href: '/staff/safeguarding/information-requests',
      text: 'Requests of police',
      action: 'information decision.read',
    },
  },
  {
    staff: lettingGoRoutes,
    navigation: { href: '/staff/safeguarding/letting-go', text: 'Letting go', action: 'kept person.read' },
  },
  {
    staff: taskRoutes,
    navigation: {
      href: '/staff/safeguarding/tasks',
      text: 'To be done',
      action: 'task.read',
      also: ['/staff/safeguarding/handovers', '/staff/safeguarding/clocks'],
    },
    desks: (parts) => [tasksDesk(parts)],
  },
  { staff: handoverRoutes },
  {
    staff: receptionRoutes,
    navigation: { href: '/staff/safeguarding/reception', text: 'Reception', action: 'reception.read' },
  },
  { staff: boardRoutes },
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
    staff: oversightRoutes(heldBehindTheWall),
    desks: oversightDesks(access.policy),
    navigation: { href: '/staff/oversight', text: 'Oversight', action: 'log.read' },
  },
  { staff: agencyRoutes },
  { staff: invitationRoutes(offerSignOn) },
  {
    staff: peopleRoutes,
    navigation: {
      href: '/staff/accounts',
      text: 'People',
      action: 'account.read',
      also: ['/staff/single-sign-on/settings'],
    },
  },
  { staff: passRoutes, navigation: { href: '/staff/passes', text: 'Shift passes', action: 'pass.read' } },
  { staff: exceptionRoutes, navigation: { href: '/staff/exceptions', text: 'Exceptions', action: 'exception.read' } },
  { staff: logRoutes, navigation: { href: '/staff/log', text: 'The log', action: 'log.sealed' } },
  {
    staff: whoSeesWhatRoutes,
    // In the menu of whoever answers for it; everybody else finds it at the foot of each page.
    navigation: { href: '/staff/who-sees-what', text: 'Who can see what', action: 'log.read' },
  },
];

export type AppParts = {
  readonly config: Config;
  readonly databases: Databases;
  readonly keys: UnitKeys;
  readonly clock: Clock;
  readonly assets: Assets;
  /** Other than `responseTiming` in tests that are not about time, and while the demonstration is made. */
  readonly timing?: ResponseTiming;
};

/** The doors that the configuration names, not yet listening. */
export async function openApp({ config, databases, keys, clock, assets, timing }: AppParts): Promise<FastifyInstance> {
  const logger = openLogger(config.logLevel);
  const looks = new LookWriter(databases);
  const failed = (error: unknown) => logger.error({ err: error }, 'written beside the requests');
  const seen = new SeenWriter(databases, failed);
  const ended = new EndedUse(databases, looks, access, failed);
  const app = await openDoors({
    config,
    rooms,
    assets,
    keys,
    ground: {
      databases,
      looks,
      access,
      holdSession,
      resolveActor,
      seen: seen.note,
      unknown: ended.note,
      ...(timing && { timing }),
    },
    refusals: new RefusalWriter(databases, (error) => logger.error({ err: error }, 'a refusal was not written down')),
    clock,
    views: openViews(),
    languages: publicLanguages,
    logger,
  });
  app.addHook('onClose', async () => {
    await Promise.all([seen.settled(), ended.settled()]);
  });
  return app;
}
