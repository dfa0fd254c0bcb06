/** Identity: agencies, members, signing in, and the roles that a second person approves. */
import type { Area } from '../platform/area.ts';
import {
  accountPaths,
  agencyPaths,
  agreementPaths,
  exceptionPaths,
  roleApprovalPaths,
  singleSignOnPaths,
} from '../vocabulary/paths/identity.ts';
import { endOldSessions } from './agencies/session.ts';
import { agreementHomeItems, agreementRoutes } from './agreements/routes.ts';
import { agencyRoutes } from './members/agency-routes.ts';
import { exceptionRoutes } from './members/exception-routes.ts';
import { invitationRoutes } from './members/invitation-routes.ts';
import { peopleRoutes } from './members/routes.ts';
import { endLeavers } from './members/store.ts';
import { roleApprovalHomeItems, roleApprovalRoutes } from './role-approval/routes.ts';
import { sessionListRoutes } from './sessions/routes.ts';
import { credentialRoutes } from './sign-in/credential-routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { buildSignOnLink } from './single-sign-on/offer.ts';
import { signOnRoutes } from './single-sign-on/routes.ts';
import { settingsRoutes } from './single-sign-on/settings-routes.ts';

export const identity: Area = {
  pages: [
    { staff: signInRoutes },
    { staff: credentialRoutes },
    { staff: sessionListRoutes },
    {
      staff: roleApprovalRoutes,
      homeItems: [roleApprovalHomeItems],
      navigation: [
        {
          place: 'account',
          href: roleApprovalPaths.roleApprovals(),
          text: 'Role approvals',
          says: 'Roles that wait for the approval of a second person.',
          action: 'role approval.read',
        },
      ],
    },
    {
      staff: settingsRoutes,
      navigation: [
        {
          place: 'users',
          href: singleSignOnPaths.settings(),
          text: 'Single sign-on',
          says: 'Let members sign in with the accounts of your agency.',
          action: 'single sign-on.read',
        },
      ],
    },
    { staff: signOnRoutes },
    {
      staff: agencyRoutes,
      navigation: [
        {
          place: 'organisations',
          href: agencyPaths.agencies(),
          text: 'Organisations',
          says: 'The agencies of the partnership.',
          action: 'agency.add',
        },
      ],
    },
    {
      staff: agreementRoutes,
      homeItems: [agreementHomeItems],
      navigation: [
        {
          place: 'organisations',
          href: agreementPaths.agreements(),
          text: 'Agreements',
          says: 'Information-sharing agreements between agencies, with their dates.',
          action: 'agreement.read',
        },
      ],
    },
    { staff: invitationRoutes(buildSignOnLink) },
    {
      staff: peopleRoutes,
      navigation: [
        {
          place: 'users',
          href: accountPaths.accounts(),
          text: 'Users',
          says: 'Invite people of your agency, change their roles, and end their accounts.',
          action: 'account.read',
        },
      ],
    },
    {
      staff: exceptionRoutes,
      navigation: [
        {
          place: 'audit',
          href: exceptionPaths.exceptions(),
          text: 'Exceptions',
          says: 'Members of police or immigration who are allowed to hold a safeguarding role, by name.',
          action: 'exception.read',
        },
      ],
    },
  ],
  chores: () => [
    { name: 'end old sessions', everySeconds: 600, run: endOldSessions },
    { name: 'see leavers out', everySeconds: 60, run: endLeavers },
  ],
};
