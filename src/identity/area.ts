/** Identity: agencies, members, signing in, and the roles that a second person approves. */
import type { Area } from '../platform/area.ts';
import { accountPaths, exceptionPaths, singleSignOnPaths } from '../vocabulary/paths/identity.ts';
import { up as partnershipMigration } from './agencies/migrations/0002-partnership.ts';
import { up as memberTermsMigration } from './agencies/migrations/0010-member-terms.ts';
import { up as emailAddressesMigration } from './agencies/migrations/0106-email-addresses.ts';
import { partnershipPolicy } from './agencies/policy.ts';
import { endOldSessions } from './agencies/session.ts';
import { agencyRoutes } from './members/agency-routes.ts';
import { exceptionRoutes } from './members/exception-routes.ts';
import { invitationRoutes } from './members/invitation-routes.ts';
import { up as peopleMigration } from './members/migrations/0012-people.ts';
import { peoplePolicy } from './members/policy.ts';
import { peopleRoutes } from './members/routes.ts';
import { endLeavers } from './members/store.ts';
import { up as confirmationsMigration } from './role-approval/migrations/0031-confirmations.ts';
import { roleApprovalPolicy } from './role-approval/policy.ts';
import { roleApprovalHomeItems, roleApprovalRoutes } from './role-approval/routes.ts';
import { sessionListRoutes } from './sessions/routes.ts';
import { credentialRoutes } from './sign-in/credential-routes.ts';
import { up as signInMigration } from './sign-in/migrations/0011-sign-in.ts';
import { up as oneEntryMigration } from './sign-in/migrations/0023-one-entry.ts';
import { up as oneAnswerMigration } from './sign-in/migrations/0029-one-answer.ts';
import { up as wrongTriesMigration } from './sign-in/migrations/0105-wrong-tries.ts';
import { signInPolicy } from './sign-in/policy.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { up as signOnMigration } from './single-sign-on/migrations/0018-single-sign-on.ts';
import { buildSignOnLink } from './single-sign-on/offer.ts';
import { singleSignOnPolicy } from './single-sign-on/policy.ts';
import { signOnRoutes } from './single-sign-on/routes.ts';
import { settingsRoutes } from './single-sign-on/settings-routes.ts';

export const identity: Area = {
  policies: [partnershipPolicy, signInPolicy, peoplePolicy, roleApprovalPolicy, singleSignOnPolicy],
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
    { staff: credentialRoutes },
    { staff: sessionListRoutes },
    { staff: roleApprovalRoutes, homeItems: [roleApprovalHomeItems] },
    { staff: settingsRoutes },
    { staff: signOnRoutes },
    { staff: agencyRoutes },
    { staff: invitationRoutes(buildSignOnLink) },
    {
      staff: peopleRoutes,
      navigation: {
        href: accountPaths.accounts(),
        text: 'People',
        action: 'account.read',
        otherPaths: [singleSignOnPaths.settings()],
      },
    },
    {
      staff: exceptionRoutes,
      navigation: { href: exceptionPaths.exceptions(), text: 'Exceptions', action: 'exception.read' },
    },
  ],
  chores: () => [
    { name: 'end old sessions', everySeconds: 600, run: endOldSessions },
    { name: 'see leavers out', everySeconds: 60, run: endLeavers },
  ],
};
