/** Who may read how the system is doing. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';

export const monitoringPolicy: AreaPolicy = {
  'system health': {
    means: 'How the system is doing: databases, queues, backups and disks, in ages and sizes alone',
    marking: 'OFFICIAL',
    looks: { none: 'the state of machines, and no record' },
    tables: {},
    rules: [{ roles: ['administrator'], relation: 'any', purpose: 'administration', verbs: ['read'] }],
    actions: { 'system health.read': ['read', 'administration'] },
  },
};
