/** Identity: agencies, members, signing in, and the roles that a second person approves. */
import type { Area } from '../platform/area.ts';
import {
  emailAddressesMigration,
  endOldSessions,
  memberTermsMigration,
  partnershipMigration,
  partnershipPolicy,
} from './agencies/index.ts';
import {
  agencyRoutes,
  exceptionRoutes,
  invitationRoutes,
  peopleMigration,
  peoplePolicy,
  peopleRoutes,
  seeLeaversOut,
} from './members/index.ts';
import {
  confirmationRoutes,
  confirmationsDesk,
  confirmationsMigration,
  confirmationsPolicy,
} from './role-approval/index.ts';
import {
  oneAnswerMigration,
  oneEntryMigration,
  sessionListRoutes,
  signInMigration,
  signInPolicy,
  signInRoutes,
  waysInRoutes,
  wrongTriesMigration,
} from './sign-in/index.ts';
import {
  offerSignOn,
  settingsRoutes,
  signOnMigration,
  signOnRoutes,
  singleSignOnPolicy,
} from './single-sign-on/index.ts';

export const identity: Area = {
  policies: [partnershipPolicy, signInPolicy, peoplePolicy, confirmationsPolicy, singleSignOnPolicy],
  migrations: {
    main: {
      '0002-partnership': partnershipMigration,
      '0010-member-terms': memberTermsMigration,
      '0011-sign-in': signInMigration,
      '0012-people': peopleMigration,
      '0018-single-sign-on': signOnMigration,
      '0023-one-entry': oneEntryMigration,
      '0029-one-answer': oneAnswerMigration,
      '0031-confirmations': confirmationsMigration,
      '0105-wrong-tries': wrongTriesMigration,
      '0106-email-addresses': emailAddressesMigration,
    },
  },
  pages: [
    { staff: signInRoutes },
    { staff: waysInRoutes },
    { staff: sessionListRoutes },
    { staff: confirmationRoutes, desks: [confirmationsDesk] },
    { staff: settingsRoutes },
    { staff: signOnRoutes },
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
    { staff: exceptionRoutes, navigation: { href: '/staff/exceptions', text: 'Exceptions', action: 'exception.read' } },
  ],
  chores: () => [
    { name: 'end old sessions', everySeconds: 600, run: endOldSessions },
    { name: 'see leavers out', everySeconds: 60, run: seeLeaversOut },
  ],
};
