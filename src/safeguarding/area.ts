/** Help for a person: records, needs, consent, referrals, NRM drafts, deadlines. In its own database, with its own log. */

import type { Area } from '../platform/area.ts';
import type { AnyTables, Writer } from '../platform/database/database.ts';
import { actionPaths, deadlinePaths, handoverPaths } from '../vocabulary/paths/safeguarding-actions.ts';
import { custodyNoticePaths, receivedNoticePaths } from '../vocabulary/paths/safeguarding-custody-notices.ts';
import {
  informationDecisionPaths,
  informationRequestPaths,
} from '../vocabulary/paths/safeguarding-information-requests.ts';
import { notePaths } from '../vocabulary/paths/safeguarding-notes.ts';
import { nrmPaths } from '../vocabulary/paths/safeguarding-nrm.ts';
import { peoplePaths } from '../vocabulary/paths/safeguarding-people.ts';
import { receptionPaths } from '../vocabulary/paths/safeguarding-reception.ts';
import { retentionPaths } from '../vocabulary/paths/safeguarding-retention.ts';
import { up as tasksMigration } from './actions/migrations/0058-tasks.ts';
import { caseListener, helpListener } from './actions/new-actions.ts';
import { tasksSection } from './actions/person-summary.ts';
import { tasksPolicy } from './actions/policy.ts';
import { taskRoutes } from './actions/routes.ts';
import { readHeldTasks } from './actions/subject-access-store.ts';
import { noticeDisclosures } from './custody-notices/disclosures.ts';
import {
  upApart as protectiveNoticesApartMigration,
  up as protectiveNoticesMigration,
} from './custody-notices/migrations/0054-protective-notices.ts';
import { up as notReachedMigration } from './custody-notices/migrations/0095-not-reached.ts';
import { custodyNoticesPolicy } from './custody-notices/policy.ts';
import { custodyNoticeRoutes } from './custody-notices/routes.ts';
import { custodyNoticeListeners } from './custody-notices/store.ts';
import { readHeldNotices } from './custody-notices/subject-access-store.ts';
import { custodyNoticeHomeItems, receivedNoticeRoutes } from './custody-notices-received/routes.ts';
import { advanceUrgentNotices } from './custody-notices-received/store.ts';
import { disclosureHomeItems } from './disclosures/routes.ts';
import { unsentDisclosuresSection } from './disclosures/unsent.ts';
import { up as papersMigration } from './documents/migrations/0069-papers.ts';
import { up as draftsMigration } from './documents/migrations/0087-drafts.ts';
import { documentsPolicy } from './documents/policy.ts';
import { documentRoutes } from './documents/routes.ts';
import { readHeldDocuments } from './documents/subject-access-store.ts';
import { deleteOrphanedFiles } from './documents/sweep.ts';
import { peopleWithDrafts } from './first-responder-requests/approved-drafts.ts';
import { firstResponderHomeItems } from './first-responder-requests/home-items.ts';
import { handoverRoutes, taskHomeItems } from './handovers/routes.ts';
import { informationRequestDisclosures } from './information-requests/disclosures.ts';
import {
  upApart as informationRequestsApartMigration,
  up as informationRequestsMigration,
} from './information-requests/migrations/0055-information-requests.ts';
import { up as agreedInWordsMigration } from './information-requests/migrations/0077-agreed-in-words.ts';
import { informationRequestsPolicy } from './information-requests/policy.ts';
import { informationRequestHomeItems, informationRequestRoutes } from './information-requests/routes.ts';
import { informationRequestListeners } from './information-requests/store.ts';
import { readHeldDecisions } from './information-requests/subject-access-store.ts';
import { childrenHomeItems } from './notes/children-services.ts';
import { safeguardingHomeItems } from './notes/home-items.ts';
import { safeguardingRoutes } from './notes/routes.ts';
import { readHeldNotes } from './notes/subject-access-store.ts';
import { nrmReferralDisclosures } from './nrm-decisions/disclosures.ts';
import { up as concernsMigration } from './nrm-drafts/migrations/0050-concerns.ts';
import { nrmReferralsSection } from './nrm-drafts/person-summary.ts';
import { nrmReferralsPolicy } from './nrm-drafts/policy.ts';
import { nrmReferralRoutes } from './nrm-drafts/routes.ts';
import { readHeldNrmReferrals } from './nrm-drafts/subject-access-store.ts';
import { up as personsMigration } from './people/migrations/0042-persons.ts';
import { up as helpOfferedMigration } from './people/migrations/0053-help-offered.ts';
import { up as peopleAlikeMigration } from './people/migrations/0060-alike.ts';
import { up as shortListsMigration } from './people/migrations/0066-short-lists.ts';
import { up as longMarksMigration } from './people/migrations/0086-long-marks.ts';
import { personsPolicy } from './people/policy.ts';
import { personRoutes } from './people/routes.ts';
import { rebuildSearchTerms } from './people/store.ts';
import { readHeldPersons } from './people/subject-access-store.ts';
import { boardRoutes } from './reception/board-routes.ts';
import { up as receptionMigration } from './reception/migrations/0059-reception.ts';
import { up as numbersOfRecordsMigration } from './reception/migrations/0094-numbers-of-records.ts';
import { receptionSection } from './reception/person-summary.ts';
import { receptionPolicy } from './reception/policy.ts';
import { receptionRoutes } from './reception/routes.ts';
import { readHeldReception } from './reception/subject-access-store.ts';
import { safeguardingMigrations } from './referrals/migrations/index.ts';
import { safeguardingPolicy } from './referrals/policy.ts';
import { retentionChores } from './retention/chores.ts';
import { up as lettingGoMigration } from './retention/migrations/0056-letting-go.ts';
import { up as allThatIsHersMigration } from './retention/migrations/0071-all-that-is-hers.ts';
import { up as meetingsMigration } from './retention/migrations/0078-meetings.ts';
import { up as onTheirWayMigration } from './retention/migrations/0079-on-their-way.ts';
import { up as sealedReasonsMigration } from './retention/migrations/0080-sealed-reasons.ts';
import { up as heldWithTheRecordMigration } from './retention/migrations/0085-held-with-the-record.ts';
import { retentionPolicy } from './retention/policy.ts';
import { retentionRoutes } from './retention/routes.ts';
import { readHeldRetention } from './retention/subject-access-store.ts';

export const safeguarding: Area = {
  policies: [
    safeguardingPolicy,
    personsPolicy,
    documentsPolicy,
    tasksPolicy,
    receptionPolicy,
    nrmReferralsPolicy,
    custodyNoticesPolicy,
    informationRequestsPolicy,
    retentionPolicy,
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
      staff: safeguardingRoutes(peopleWithDrafts, [
        nrmReferralDisclosures,
        noticeDisclosures,
        informationRequestDisclosures,
      ]),
      navigation: { href: notePaths.list(), text: 'Help given', action: 'referral.read' },
      homeStage: safeguardingHomeItems,
      homeItems: [childrenHomeItems, disclosureHomeItems],
    },
    {
      staff: personRoutes(helpListener, [
        unsentDisclosuresSection,
        tasksSection,
        nrmReferralsSection,
        receptionSection,
      ]),
      navigation: { href: peoplePaths.search(), text: 'Find a person', action: 'person.read' },
    },
    { staff: documentRoutes },
    {
      staff: nrmReferralRoutes(caseListener),
      navigation: { href: nrmPaths.referrals(), text: 'Concerns', action: 'nrm referral.read' },
      homeItems: (parts) => [firstResponderHomeItems(parts)],
    },
    {
      staff: custodyNoticeRoutes,
      navigation: {
        href: custodyNoticePaths.notices(),
        text: 'Protective notices',
        action: 'custody safeguarding notice.read',
      },
    },
    {
      staff: receivedNoticeRoutes,
      navigation: { href: receivedNoticePaths.notices(), text: 'Custody notices', action: 'custody urgent page.read' },
      homeItems: [custodyNoticeHomeItems],
    },
    {
      navigation: {
        href: receivedNoticePaths.onCall(),
        text: 'Custodians on call',
        action: 'custodian shift.read',
      },
    },
    {
      staff: informationRequestRoutes,
      navigation: {
        href: informationRequestPaths.requests(),
        text: 'Information requests',
        action: 'information request.read',
      },
      homeItems: [informationRequestHomeItems],
    },
    {
      navigation: {
        href: informationDecisionPaths.requests(),
        text: 'Requests of police',
        action: 'information decision.read',
      },
    },
    {
      staff: retentionRoutes,
      navigation: { href: retentionPaths.list(), text: 'Letting go', action: 'kept person.read' },
    },
    {
      staff: taskRoutes,
      navigation: {
        href: actionPaths.actions(),
        text: 'To be done',
        action: 'task.read',
        otherPaths: [handoverPaths.handovers(), deadlinePaths.deadlines()],
      },
      homeItems: (parts) => [taskHomeItems(parts)],
    },
    { staff: handoverRoutes },
    {
      staff: receptionRoutes,
      navigation: { href: receptionPaths.receptions(), text: 'Reception', action: 'reception.read' },
    },
    { staff: boardRoutes },
  ],
  recordsHeld: [
    readHeldPersons,
    readHeldNotes,
    readHeldReception,
    readHeldTasks,
    readHeldDocuments,
    readHeldNrmReferrals,
    readHeldNotices,
    readHeldDecisions,
    readHeldRetention,
  ],
  listeners: (keys) => ({
    safeguarding: { ...custodyNoticeListeners(keys), ...informationRequestListeners(keys) },
  }),
  chores: ({ config, staffKeys }) => [
    { name: 'ring custodians', everySeconds: 60, run: advanceUrgentNotices },
    ...(staffKeys
      ? [
          {
            name: 'mark people anew',
            everySeconds: 600,
            store: 'safeguarding' as const,
            run: (tx: Writer<AnyTables>) => rebuildSearchTerms(tx, staffKeys),
          },
          ...retentionChores(staffKeys),
        ]
      : []),
    { name: 'sweep papers', everySeconds: 3_600, store: 'safeguarding', run: deleteOrphanedFiles(config.filesFolder) },
  ],
};
