/** Identity: agencies, members, signing in, and the roles that a second person approves. */
import type { Area } from '../platform/area.ts';
import { accountPaths, exceptionPaths, singleSignOnPaths } from '../vocabulary/paths/identity.ts';
import { endOldSessions } from './agencies/session.ts';
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
