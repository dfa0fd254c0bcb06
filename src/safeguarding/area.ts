/** Help for a person: records, needs, consent, referrals, NRM drafts, deadlines. In its own database, with its own log. */
import type { Area } from '../platform/area.ts';
import type { AnyTables, Writer } from '../platform/database/database.ts';
import { up as tasksMigration } from './actions/migrations/0058-tasks.ts';
import { caseFollowed, helpFollowed } from './actions/new-actions.ts';
import { tasksBeside } from './actions/person-summary.ts';
import { tasksPolicy } from './actions/policy.ts';
import { taskRoutes } from './actions/routes.ts';
import { heldOfTasks } from './actions/subject-access-store.ts';
import { noticesTold } from './custody-notices/disclosures.ts';
import {
  upApart as protectiveNoticesApartMigration,
  up as protectiveNoticesMigration,
} from './custody-notices/migrations/0054-protective-notices.ts';
import { up as notReachedMigration } from './custody-notices/migrations/0095-not-reached.ts';
import { protectiveNoticesPolicy } from './custody-notices/policy.ts';
import { givingRoutes } from './custody-notices/routes.ts';
import { protectiveNoticeListeners } from './custody-notices/store.ts';
import { heldOfNotices } from './custody-notices/subject-access-store.ts';
import { custodyDesk, custodyRoutes } from './custody-notices-received/routes.ts';
import { ringCustodians } from './custody-notices-received/store.ts';
import { disclosingDesk } from './disclosures/routes.ts';
import { unsentBeside } from './disclosures/unsent.ts';
import { up as papersMigration } from './documents/migrations/0069-papers.ts';
import { up as draftsMigration } from './documents/migrations/0087-drafts.ts';
import { papersPolicy } from './documents/policy.ts';
import { paperRoutes } from './documents/routes.ts';
import { heldOfPapers } from './documents/subject-access-store.ts';
import { sweepPapers } from './documents/sweep.ts';
import { peopleWithDrafts } from './first-responder-requests/approved-drafts.ts';
import { handedDesk } from './first-responder-requests/home-items.ts';
import { handoverRoutes, tasksDesk } from './handovers/routes.ts';
import { answersTold } from './information-requests/disclosures.ts';
import {
  upApart as informationRequestsApartMigration,
  up as informationRequestsMigration,
} from './information-requests/migrations/0055-information-requests.ts';
import { up as agreedInWordsMigration } from './information-requests/migrations/0077-agreed-in-words.ts';
import { informationRequestsPolicy } from './information-requests/policy.ts';
import { informationDesk, informationRequestRoutes } from './information-requests/routes.ts';
import { informationRequestListeners } from './information-requests/store.ts';
import { heldOfDecisions } from './information-requests/subject-access-store.ts';
import { childrenDesk } from './notes/children.ts';
import { safeguardingPlace } from './notes/home-items.ts';
import { safeguardingRoutes } from './notes/routes.ts';
import { heldOfNotes } from './notes/subject-access-store.ts';
import { submissionsTold } from './nrm-decisions/disclosures.ts';
import { up as concernsMigration } from './nrm-drafts/migrations/0050-concerns.ts';
import { concernsBeside } from './nrm-drafts/person-summary.ts';
import { concernsPolicy } from './nrm-drafts/policy.ts';
import { concernRoutes } from './nrm-drafts/routes.ts';
import { heldOfConcerns } from './nrm-drafts/subject-access-store.ts';
import { up as personsMigration } from './people/migrations/0042-persons.ts';
import { up as helpOfferedMigration } from './people/migrations/0053-help-offered.ts';
import { up as peopleAlikeMigration } from './people/migrations/0060-alike.ts';
import { up as shortListsMigration } from './people/migrations/0066-short-lists.ts';
import { up as longMarksMigration } from './people/migrations/0086-long-marks.ts';
import { personsPolicy } from './people/policy.ts';
import { personRoutes } from './people/routes.ts';
import { markAnew } from './people/store.ts';
import { heldOfPersons } from './people/subject-access-store.ts';
import { boardRoutes } from './reception/board-routes.ts';
import { up as receptionMigration } from './reception/migrations/0059-reception.ts';
import { up as numbersOfRecordsMigration } from './reception/migrations/0094-numbers-of-records.ts';
import { receptionBeside } from './reception/person-summary.ts';
import { receptionPolicy } from './reception/policy.ts';
import { receptionRoutes } from './reception/routes.ts';
import { heldOfReception } from './reception/subject-access-store.ts';
import { safeguardingMigrations } from './referrals/migrations/index.ts';
import { safeguardingPolicy } from './referrals/policy.ts';
import { lettingGoChores } from './retention/chores.ts';
import { up as lettingGoMigration } from './retention/migrations/0056-letting-go.ts';
import { up as allThatIsHersMigration } from './retention/migrations/0071-all-that-is-hers.ts';
import { up as meetingsMigration } from './retention/migrations/0078-meetings.ts';
import { up as onTheirWayMigration } from './retention/migrations/0079-on-their-way.ts';
import { up as sealedReasonsMigration } from './retention/migrations/0080-sealed-reasons.ts';
import { up as heldWithTheRecordMigration } from './retention/migrations/0085-held-with-the-record.ts';
import { lettingGoPolicy } from './retention/policy.ts';
import { lettingGoRoutes } from './retention/routes.ts';
import { heldOfKeeping } from './retention/subject-access-store.ts';

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
      homeStage: safeguardingPlace,
      homeItems: [childrenDesk, disclosingDesk],
    },
    {
      staff: personRoutes(helpFollowed, [unsentBeside, tasksBeside, concernsBeside, receptionBeside]),
      navigation: { href: '/staff/safeguarding/people', text: 'Find a person', action: 'person.read' },
    },
    { staff: paperRoutes },
    {
      staff: concernRoutes(caseFollowed),
      navigation: { href: '/staff/safeguarding/nrm-referrals', text: 'Concerns', action: 'concern.read' },
      homeItems: (parts) => [handedDesk(parts)],
    },
    {
      staff: givingRoutes,
      navigation: {
        href: '/staff/safeguarding/custody-notices',
        text: 'Protective notices',
        action: 'protective notice.read',
      },
    },
    {
      staff: custodyRoutes,
      navigation: { href: '/staff/custody-notices', text: 'Custody notices', action: 'custody ring.read' },
      homeItems: [custodyDesk],
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
      homeItems: [informationDesk],
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
      navigation: { href: '/staff/safeguarding/retention', text: 'Letting go', action: 'kept person.read' },
    },
    {
      staff: taskRoutes,
      navigation: {
        href: '/staff/safeguarding/actions',
        text: 'To be done',
        action: 'task.read',
        otherPaths: ['/staff/safeguarding/handovers', '/staff/safeguarding/deadlines'],
      },
      homeItems: (parts) => [tasksDesk(parts)],
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
