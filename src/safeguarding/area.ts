/** Help for a person: records, needs, consent, referrals, NRM drafts, deadlines. In its own database, with its own log. */
import type { Area } from '../platform/area.ts';
import type { AnyTables, Writer } from '../platform/database/database.ts';
import {
  caseFollowed,
  handoverRoutes,
  heldOfTasks,
  helpFollowed,
  taskRoutes,
  tasksBeside,
  tasksDesk,
  tasksMigration,
  tasksPolicy,
} from './actions/index.ts';
import {
  custodyDesk,
  custodyRoutes,
  givingRoutes,
  heldOfNotices,
  noticesTold,
  notReachedMigration,
  protectiveNoticeListeners,
  protectiveNoticesApartMigration,
  protectiveNoticesMigration,
  protectiveNoticesPolicy,
  ringCustodians,
} from './custody-notices/index.ts';
import {
  draftsMigration,
  heldOfPapers,
  paperRoutes,
  papersMigration,
  papersPolicy,
  sweepPapers,
} from './documents/index.ts';
import {
  agreedInWordsMigration,
  answersTold,
  heldOfDecisions,
  informationDesk,
  informationRequestListeners,
  informationRequestRoutes,
  informationRequestsApartMigration,
  informationRequestsMigration,
  informationRequestsPolicy,
} from './information-requests/index.ts';
import {
  concernRoutes,
  concernsBeside,
  concernsMigration,
  concernsPolicy,
  handedDesk,
  heldOfConcerns,
  peopleWithDrafts,
  submissionsTold,
} from './nrm-drafts/index.ts';
import {
  heldOfPersons,
  helpOfferedMigration,
  longMarksMigration,
  markAnew,
  peopleAlikeMigration,
  personRoutes,
  personsMigration,
  personsPolicy,
  shortListsMigration,
} from './people/index.ts';
import {
  boardRoutes,
  heldOfReception,
  numbersOfRecordsMigration,
  receptionBeside,
  receptionMigration,
  receptionPolicy,
  receptionRoutes,
} from './reception/index.ts';
import {
  childrenDesk,
  disclosingDesk,
  heldOfNotes,
  safeguardingMigrations,
  safeguardingPlace,
  safeguardingPolicy,
  safeguardingRoutes,
  unsentBeside,
} from './referrals/index.ts';
import {
  allThatIsHersMigration,
  heldOfKeeping,
  heldWithTheRecordMigration,
  lettingGoChores,
  lettingGoMigration,
  lettingGoPolicy,
  lettingGoRoutes,
  meetingsMigration,
  onTheirWayMigration,
  sealedReasonsMigration,
} from './retention/index.ts';

export const safeguarding: Area = {
  policies: [
    safeguardingPolicy,
    personsPolicy,
    papersPolicy,
    tasksPolicy,
    receptionPolicy,
    concernsPolicy,
    protectiveNoticesPolicy,
    informationRequestsPolicy,
    lettingGoPolicy,
  ],
  migrations: {
    main: {
      '0054-protective-notices': protectiveNoticesMigration,
      '0055-information-requests': informationRequestsMigration,
    },
    safeguarding: {
      ...safeguardingMigrations,
      '0042-persons': personsMigration,
      '0050-concerns': concernsMigration,
      '0053-help-offered': helpOfferedMigration,
      '0054-protective-notices': protectiveNoticesApartMigration,
      '0055-information-requests': informationRequestsApartMigration,
      '0056-letting-go': lettingGoMigration,
      '0058-tasks': tasksMigration,
      '0059-reception': receptionMigration,
      '0060-people-alike': peopleAlikeMigration,
      '0066-short-lists': shortListsMigration,
      '0069-papers': papersMigration,
      '0071-all-that-is-hers': allThatIsHersMigration,
      '0077-agreed-in-words': agreedInWordsMigration,
      '0078-meetings': meetingsMigration,
      '0079-on-their-way': onTheirWayMigration,
      '0080-sealed-reasons': sealedReasonsMigration,
      '0085-held-with-the-record': heldWithTheRecordMigration,
      '0086-long-marks': longMarksMigration,
      '0087-drafts': draftsMigration,
      '0094-numbers-of-records': numbersOfRecordsMigration,
      '0095-not-reached': notReachedMigration,
    },
  },
  pages: [
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
    {
      navigation: { href: '/staff/custody-notices/on-call', text: 'Custodians on call', action: 'custodian turn.read' },
    },
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
  ],
  recordsHeld: [
    heldOfPersons,
    heldOfNotes,
    heldOfReception,
    heldOfTasks,
    heldOfPapers,
    heldOfConcerns,
    heldOfNotices,
    heldOfDecisions,
    heldOfKeeping,
  ],
  listeners: (keys) => ({
    safeguarding: { ...protectiveNoticeListeners(keys), ...informationRequestListeners(keys) },
  }),
  chores: ({ config, staffKeys }) => [
    { name: 'ring custodians', everySeconds: 60, run: ringCustodians },
    ...(staffKeys
      ? [
          {
            name: 'mark people anew',
            everySeconds: 600,
            store: 'safeguarding' as const,
            run: (tx: Writer<AnyTables>) => markAnew(tx, staffKeys),
          },
          ...lettingGoChores(staffKeys),
        ]
      : []),
    { name: 'sweep papers', everySeconds: 3_600, store: 'safeguarding', run: sweepPapers(config.filesFolder) },
  ],
};
