/** Access: emergency access, and the page that says who can see what. */
import type { Area } from '../platform/area.ts';
import { glassPolicy } from './break-glass/policy.ts';
import { auditedDesk, glassRoutes, overdueDesk, reviewDesk } from './break-glass/routes.ts';
import { up as policyVersionsMigration } from './who-can-see-what/migrations/0016-policy-versions.ts';
import { whoSeesWhatPolicy } from './who-can-see-what/policy.ts';
import { whoSeesWhatRoutes } from './who-can-see-what/routes.ts';

export const accessArea: Area = {
  policies: [glassPolicy, whoSeesWhatPolicy],
  migrations: { main: { '0016-policy-versions': policyVersionsMigration } },
  pages: [
    { staff: glassRoutes, desks: [reviewDesk, overdueDesk, auditedDesk] },
    {
      staff: whoSeesWhatRoutes,
      // In the menu of members who read the log; everybody else finds it at the foot of each page.
      navigation: { href: '/staff/access-rules', text: 'Who can see what', action: 'log.read' },
    },
  ],
};
