/** How the tables of each store came to be: what each room brings, in the order in which it was added. */

import { policyVersionsMigration } from './access/who-can-see-what/index.ts';
import { logMigration, logOfMembersMigration, safeguardingLogMigration } from './audit/log/index.ts';
import { emailAddressesMigration, memberTermsMigration, partnershipMigration } from './identity/agencies/index.ts';
import { peopleMigration } from './identity/members/index.ts';
import { confirmationsMigration } from './identity/role-approval/index.ts';
import {
  oneAnswerMigration,
  oneEntryMigration,
  signInMigration,
  wrongTriesMigration,
} from './identity/sign-in/index.ts';
import { signOnMigration } from './identity/single-sign-on/index.ts';
import { archiveMigration } from './newsroom/imported-releases/index.ts';
import { nameChecksMigration, newsroomMigration, publishedAfterLastDayMigration } from './newsroom/releases/index.ts';
import { operationsMigration } from './operations/plan/index.ts';
import {
  earlierTeamsMigration,
  glassOfLeaversMigration,
  needToKnowMigration,
} from './operations/premises-restriction/index.ts';
import { passesMigration } from './operations/temporary-access/index.ts';
import { leaversMigration } from './operations/weeks/index.ts';
import {
  askedByPersonApartMigration,
  askedByPersonMigration,
  askedForApartMigration,
  askedForMigration,
  logByTimeMigration,
  namesBesideMigration,
  oversightMigration,
} from './oversight/index.ts';
import type { House } from './platform/migrate.ts';
import { up as floorMigration } from './platform/migrations/0001-floor.ts';
import { up as logColumnsMigration } from './platform/migrations/0009-log-columns.ts';
import {
  upApart as idempotencyKeysApartMigration,
  up as idempotencyKeysMigration,
} from './platform/migrations/0107-idempotency-keys.ts';
import { reportsMigrations } from './reports/index.ts';
import { disclosureControlMigration, finalAfterLastDayMigration, returnsMigration } from './returns/index.ts';
import { tasksMigration } from './safeguarding/actions/index.ts';
import {
  notReachedMigration,
  protectiveNoticesApartMigration,
  protectiveNoticesMigration,
} from './safeguarding/custody-notices/index.ts';
import { draftsMigration, papersMigration } from './safeguarding/documents/index.ts';
import {
  agreedInWordsMigration,
  informationRequestsApartMigration,
  informationRequestsMigration,
} from './safeguarding/information-requests/index.ts';
import { concernsMigration } from './safeguarding/nrm-drafts/index.ts';
import {
  helpOfferedMigration,
  longMarksMigration,
  peopleAlikeMigration,
  personsMigration,
  shortListsMigration,
} from './safeguarding/people/index.ts';
import {
  capacityToldMigration,
  numbersOfRecordsMigration,
  receptionMigration,
} from './safeguarding/reception/index.ts';
import { safeguardingMigrations } from './safeguarding/referrals/index.ts';
import {
  allThatIsHersMigration,
  heldWithTheRecordMigration,
  lettingGoMigration,
  meetingsMigration,
  onTheirWayMigration,
  sealedReasonsMigration,
} from './safeguarding/retention/index.ts';
import { openingsEndedMigration, openingsMigration } from './visits/identity-requests/index.ts';
import {
  caseNamesMigration,
  metWithoutConcernMigration,
  observableIndicatorsMigration,
  powerWhereEnteredMigration,
  visitsMigration,
} from './visits/index.ts';

export const migrations: House['migrations'] = {
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
    '0011-sign-in': signInMigration,
    '0012-people': peopleMigration,
    '0013-log': logMigration,
    '0014-oversight': oversightMigration,
    '0015-need-to-know': needToKnowMigration,
    '0016-policy-versions': policyVersionsMigration,
    '0017-shift-passes': passesMigration,
    '0018-single-sign-on': signOnMigration,
    '0019-teams-of-leavers': leaversMigration,
    '0020-glass-of-leavers': glassOfLeaversMigration,
    '0021-openings': openingsMigration,
    '0022-names-beside': namesBesideMigration,
    '0023-one-entry': oneEntryMigration,
    '0025-earlier-teams': earlierTeamsMigration,
    '0026-asked-for': askedForMigration,
    '0027-log-by-time': logByTimeMigration,
    '0028-openings-ended': openingsEndedMigration,
    '0029-one-answer': oneAnswerMigration,
    ...reportsMigrations.main,
    '0031-confirmations': confirmationsMigration,
    '0049-log-of-members': logOfMembersMigration,
    '0054-protective-notices': protectiveNoticesMigration,
    '0055-information-requests': informationRequestsMigration,
    '0057-met-without-concern': metWithoutConcernMigration,
    '0059-capacity-told': capacityToldMigration,
    '0067-asked-by-the-person': askedByPersonMigration,
    '0101-disclosure-control': disclosureControlMigration,
    '0102-final-after-the-last-day': finalAfterLastDayMigration,
    '0102-published-after-the-last-day': publishedAfterLastDayMigration,
    '0105-wrong-tries': wrongTriesMigration,
    '0106-email-addresses': emailAddressesMigration,
    '0099-case-names': caseNamesMigration,
    '0100-name-checks': nameChecksMigration,
    '0097-power-where-entered': powerWhereEnteredMigration,
    '0098-observable-indicators': observableIndicatorsMigration,
    '0107-idempotency-keys': idempotencyKeysMigration,
  },
  safeguarding: {
    '0001-floor': floorMigration,
    ...safeguardingMigrations,
    '0009-log-columns': logColumnsMigration,
    '0013-log': safeguardingLogMigration,
    '0014-oversight': oversightMigration,
    '0026-asked-for': askedForApartMigration,
    '0027-log-by-time': logByTimeMigration,
    ...reportsMigrations.safeguarding,
    '0042-persons': personsMigration,
    '0053-help-offered': helpOfferedMigration,
    '0049-log-of-members': logOfMembersMigration,
    '0056-letting-go': lettingGoMigration,
    '0050-concerns': concernsMigration,
    '0054-protective-notices': protectiveNoticesApartMigration,
    '0055-information-requests': informationRequestsApartMigration,
    '0058-tasks': tasksMigration,
    '0059-reception': receptionMigration,
    '0060-people-alike': peopleAlikeMigration,
    '0066-short-lists': shortListsMigration,
    '0067-asked-by-the-person': askedByPersonApartMigration,
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
    '0107-idempotency-keys': idempotencyKeysApartMigration,
  },
};
