/** How the system is doing, for operators: the page System health, `safelight doctor` and metrics. */
import type { Area } from '../platform/area.ts';
import { monitoringPaths } from '../vocabulary/paths/monitoring.ts';
import { Monitor } from './monitor.ts';
import { notifyOfFindings } from './notify.ts';
import { monitoringRoutes } from './routes.ts';

export const monitoring: Area = {
  chores: (parts) => [{ name: 'notify of findings', everySeconds: 60, run: notifyOfFindings(new Monitor(parts)) }],
  pages: [
    {
      staff: monitoringRoutes,
      navigation: [
        {
          place: 'organisations',
          href: monitoringPaths.health(),
          text: 'System health',
          says: 'Databases, queues, backups and disks: what works, and what to do where it does not.',
          action: 'system health.read',
        },
      ],
    },
  ],
};
