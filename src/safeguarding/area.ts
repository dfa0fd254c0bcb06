/** Help for a person: records, needs, consent, referrals, NRM drafts, deadlines. In its own database, with its own log. */

import type { Area } from '../platform/area.ts';
import type { UnitKeys } from '../platform/crypto/crypto.ts';
import type { Chore } from '../platform/jobs/outbox.ts';
import { caseListener, helpListener } from './actions/new-actions.ts';
import { tasksSection } from './actions/person-summary.ts';
import { taskRoutes } from './actions/routes.ts';
import { readHeldTasks } from './actions/subject-access-store.ts';
import { consentsSection } from './consent/person-summary.ts';
import { noticeDisclosures } from './custody-notices/disclosures.ts';
import { custodyNoticesSection } from './custody-notices/person-summary.ts';
import { custodyNoticeRoutes } from './custody-notices/routes.ts';
import { custodyNoticeListeners } from './custody-notices/store.ts';
import { readHeldNotices } from './custody-notices/subject-access-store.ts';
import { custodyNoticeHomeItems, receivedNoticeRoutes } from './custody-notices-received/routes.ts';
import { advanceUrgentNotices } from './custody-notices-received/store.ts';
import { disclosureHomeItems } from './disclosures/routes.ts';
import { unsentDisclosuresSection } from './disclosures/unsent.ts';
import { documentsSource } from './documents/person-summary.ts';
import { documentRoutes } from './documents/routes.ts';
import { readHeldDocuments } from './documents/subject-access-store.ts';
import { deleteOrphanedFiles } from './documents/sweep.ts';
import { peopleWithDrafts } from './first-responder-requests/approved-drafts.ts';
import { firstResponderHomeItems } from './first-responder-requests/home-items.ts';
import { handoverRoutes, taskHomeItems } from './handovers/routes.ts';
import { informationRequestDisclosures } from './information-requests/disclosures.ts';
import { informationRequestHomeItems, informationRequestRoutes } from './information-requests/routes.ts';
import { informationRequestListeners, remindOfDeadlines } from './information-requests/store.ts';
import { readHeldDecisions } from './information-requests/subject-access-store.ts';
import { meetingHomeItems } from './meetings/home-items.ts';
import { meetingRoutes } from './meetings/routes.ts';
import { readHeldMeetings } from './meetings/subject-access-store.ts';
import {
  actionNavigation,
  custodyNoticeNavigation,
  informationRequestNavigation,
  meetingNavigation,
  notesNavigation,
  nrmNavigation,
  personNavigation,
  receivedNoticeNavigation,
  receptionNavigation,
  retentionNavigation,
} from './menu-items.ts';
import { awaitedNoteHomeItems } from './notes/awaited-notes.ts';
import { childrenHomeItems } from './notes/children-services.ts';
import { safeguardingHomeItems } from './notes/home-items.ts';
import { safeguardingRoutes } from './notes/routes.ts';
import { readHeldNotes } from './notes/subject-access-store.ts';
import { takenOnHomeItems } from './notes/taken-on.ts';
import { nrmReferralDisclosures } from './nrm-decisions/disclosures.ts';
import { nrmDraftHomeItems } from './nrm-drafts/home-items.ts';
import { nrmReferralsSection } from './nrm-drafts/person-summary.ts';
import { nrmReferralRoutes } from './nrm-drafts/routes.ts';
import { readHeldNrmReferrals } from './nrm-drafts/subject-access-store.ts';
import { readHeldPapers } from './papers/subject-access-store.ts';
import { personRoutes } from './people/routes.ts';
import { rebuildSearchTerms } from './people/store.ts';
import { readHeldPersons } from './people/subject-access-store.ts';
import { boardRoutes } from './reception/board-routes.ts';
import { receptionSection } from './reception/person-summary.ts';
import { receptionRoutes } from './reception/routes.ts';
import { readHeldReception } from './reception/subject-access-store.ts';
import { retentionChores } from './retention/chores.ts';
import { retentionRoutes } from './retention/routes.ts';
import { readHeldRetention } from './retention/subject-access-store.ts';

const searchTermChores = (keys: UnitKeys): Chore[] => [
  { name: 'mark people anew', everySeconds: 600, store: 'safeguarding', run: (tx) => rebuildSearchTerms(tx, keys) },
];

import { caseSearch, informationRequestSearch, noteSearch, nrmReferralSearch, referralSearch } from './search-store.ts';

export const safeguarding: Area = {
  pages: [
    {
      staff: safeguardingRoutes(peopleWithDrafts, [
        nrmReferralDisclosures,
        noticeDisclosures,
        informationRequestDisclosures,
      ]),
      navigation: notesNavigation,
      search: [caseSearch, noteSearch, referralSearch, nrmReferralSearch, informationRequestSearch],
      homeStage: safeguardingHomeItems,
      homeItems: (parts) => [takenOnHomeItems(parts), childrenHomeItems, awaitedNoteHomeItems, disclosureHomeItems],
    },
    {
      staff: personRoutes(helpListener, [
        unsentDisclosuresSection,
        tasksSection,
        nrmReferralsSection,
        receptionSection,
        consentsSection,
        documentsSource,
        custodyNoticesSection,
      ]),
      navigation: personNavigation,
    },
    { staff: documentRoutes },
    {
      staff: nrmReferralRoutes(caseListener),
      navigation: nrmNavigation,
      homeItems: (parts) => [firstResponderHomeItems(parts), nrmDraftHomeItems(parts)],
    },
    {
      staff: custodyNoticeRoutes,
      navigation: custodyNoticeNavigation,
    },
    {
      staff: receivedNoticeRoutes,
      navigation: receivedNoticeNavigation,
      homeItems: [custodyNoticeHomeItems],
    },
    {
      staff: informationRequestRoutes,
      navigation: informationRequestNavigation,
      homeItems: [informationRequestHomeItems],
    },
    {
      staff: retentionRoutes,
      navigation: retentionNavigation,
    },
    {
      staff: taskRoutes,
      navigation: actionNavigation,
      homeItems: (parts) => [taskHomeItems(parts)],
    },
    { staff: handoverRoutes },
    {
      staff: meetingRoutes,
      navigation: meetingNavigation,
      homeItems: [meetingHomeItems],
    },
    {
      staff: receptionRoutes,
      navigation: receptionNavigation,
    },
    { staff: boardRoutes },
  ],
  recordsHeld: [
    readHeldPersons,
    readHeldNotes,
    readHeldReception,
    readHeldTasks,
    readHeldMeetings,
    readHeldDocuments,
    readHeldPapers,
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
    { name: 'remind of information deadlines', everySeconds: 600, run: remindOfDeadlines },
    ...(staffKeys ? [...searchTermChores(staffKeys), ...retentionChores(staffKeys)] : []),
    { name: 'sweep papers', everySeconds: 3_600, store: 'safeguarding', run: deleteOrphanedFiles(config.filesFolder) },
  ],
};
