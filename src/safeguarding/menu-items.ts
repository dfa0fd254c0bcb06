/** The pages of safeguarding in the menu and under More. */
import type { Navigation } from '../platform/menu/menu.ts';
import { actionPaths, deadlinePaths, handoverPaths } from '../vocabulary/paths/safeguarding/actions.ts';
import { consentPaths, sharingPaths } from '../vocabulary/paths/safeguarding/consent.ts';
import { custodyNoticePaths, receivedNoticePaths } from '../vocabulary/paths/safeguarding/custody-notices.ts';
import {
  informationDecisionPaths,
  informationRequestPaths,
} from '../vocabulary/paths/safeguarding/information-requests.ts';
import { meetingPaths } from '../vocabulary/paths/safeguarding/meetings.ts';
import { notePaths } from '../vocabulary/paths/safeguarding/notes.ts';
import { nrmPaths } from '../vocabulary/paths/safeguarding/nrm.ts';
import { peoplePaths } from '../vocabulary/paths/safeguarding/people.ts';
import { receptionPaths } from '../vocabulary/paths/safeguarding/reception.ts';
import { disclosurePaths, referralPaths } from '../vocabulary/paths/safeguarding/referrals.ts';
import { retentionPaths } from '../vocabulary/paths/safeguarding/retention.ts';

export const notesNavigation: readonly Navigation[] = [
  {
    place: 'cases',
    href: notePaths.list(),
    text: 'Contact notes',
    says: 'Needs, wishes and advice of people met at visits.',
    action: 'referral.read',
  },
  {
    place: 'referrals',
    href: referralPaths.list(),
    text: 'Referrals',
    says: 'Refer a person to an agency, and answer referrals to yours.',
    action: 'referral.read',
  },
  {
    place: 'referrals',
    href: sharingPaths.received(),
    text: 'Received information',
    says: 'Information that other agencies shared with yours.',
    action: 'shared information.read',
  },
  {
    place: 'cases',
    href: disclosurePaths.list(),
    text: 'Disclosures without consent',
    says: 'Approve or review information shared without consent.',
    action: 'disclosure.read',
  },
  {
    place: 'referrals',
    href: consentPaths.ends(),
    text: 'Access that has ended',
    says: 'Information that your agency may no longer use.',
    action: 'grant end.read',
  },
];

export const personNavigation: readonly Navigation[] = [
  {
    place: 'cases',
    href: peoplePaths.search(),
    text: 'Person search',
    says: 'Find the record of a person by name, or open one.',
    potentialVictim: {
      who: 'Somebody your agency supports',
      does: 'Find their record or open one. It leads to referrals and to the National Referral Mechanism.',
    },
    action: 'person.read',
  },
];

export const nrmNavigation: readonly Navigation[] = [
  {
    place: 'cases',
    href: nrmPaths.referrals(),
    text: 'NRM referrals',
    says: 'Drafts for the National Referral Mechanism and the Duty to Notify.',
    action: 'nrm referral.read',
  },
];

const custodyNotices = {
  place: 'requests',
  text: 'Custody safeguarding notices',
} as const;

export const custodyNoticeNavigation: readonly Navigation[] = [
  {
    ...custodyNotices,
    href: custodyNoticePaths.notices(),
    says: 'Notify custody staff of what keeps a person safe while they are held.',
    potentialVictim: {
      who: 'Somebody in custody or detention',
      does: 'See what custody staff were told. A new notice starts from the person’s record.',
    },
    action: 'custody safeguarding notice.read',
  },
];

export const receivedNoticeNavigation: readonly Navigation[] = [
  {
    ...custodyNotices,
    href: receivedNoticePaths.notices(),
    says: 'Pass on to custody staff what keeps a person safe while they are held.',
    action: 'custody urgent page.read',
  },
  {
    place: 'requests',
    href: receivedNoticePaths.onCall(),
    text: 'Custodians on call',
    says: 'Set which custodian is on call, and when.',
    action: 'custodian shift.read',
  },
];

export const informationRequestNavigation: readonly Navigation[] = [
  {
    place: 'requests',
    href: informationDecisionPaths.requests(),
    text: 'Decisions on victim information requests',
    says: 'Decide what your agency gives to police about a person.',
    action: 'information decision.read',
  },
  {
    place: 'requests',
    href: informationRequestPaths.requests(),
    text: 'Victim information requests',
    says: 'Police ask support agencies about a person.',
    action: 'information request.read',
  },
];

export const retentionNavigation: readonly Navigation[] = [
  {
    place: 'retention',
    href: retentionPaths.list(),
    text: 'Retention of people’s records',
    says: 'See which records are due to be destroyed, and hold or release them.',
    action: 'kept person.read',
  },
];

export const actionNavigation: readonly Navigation[] = [
  {
    place: 'actions',
    href: actionPaths.actions(),
    text: 'Actions',
    says: 'What must be done for people, and by when.',
    action: 'task.read',
  },
  {
    place: 'actions',
    href: handoverPaths.handovers(),
    text: 'Handovers',
    says: 'Notes from one shift to the next.',
    action: 'handover.read',
  },
  {
    place: 'actions',
    href: deadlinePaths.deadlines(),
    text: 'Health deadlines',
    says: 'How long a treatment can still help, by guideline.',
    action: 'clock.read',
  },
];

export const meetingNavigation: readonly Navigation[] = [
  {
    place: 'cases',
    href: meetingPaths.meetings(),
    text: 'Meetings',
    says: 'Meetings of support agencies about cases, with actions and minutes.',
    action: 'case meeting.read',
  },
];

export const receptionNavigation: readonly Navigation[] = [
  {
    place: 'reception',
    href: receptionPaths.receptions(),
    text: 'Reception',
    says: 'The place where people rest after a visit, by wristband number.',
    action: 'reception.read',
  },
];
