/** Who gets which notifications. A notification is shown only to receivers who may see its subject. */
import type { AreaPolicy, Rule, Verb } from '../access-policy/access.ts';

const addressed = `(to_member = (select ctx.member())
  or (to_agency = (select ctx.agency()) and to_roles && (select ctx.roles())))`;
/** The background work: it announces what other databases and roles send, and queues messages about it. */
export const upkeep = (verbs: readonly Verb[]): Rule => ({
  roles: 'anyone',
  relation: 'any',
  purpose: 'upkeep',
  verbs,
});

export const notificationsPolicy: AreaPolicy = {
  notice: {
    means: 'Notifications to members: kind, subject and time, without content',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'kind, subject and time of what one was told oneself' },
    tables: { notices: {} },
    rules: [
      {
        roles: 'member',
        relation: {
          sql: `${addressed} and (subject is null or ctx.sees_subject(kind, subject, made_at))`,
          words:
            'it is a notification to them or to their role at their agency, and they can see its record if it has one',
        },
        purpose: 'operation',
        verbs: ['read'],
      },
      {
        roles: 'member',
        relation: { sql: 'made_at = (select ctx.now())', words: 'it is dated with the current time' },
        purpose: 'operation',
        verbs: ['add'],
      },
      upkeep(['read', 'add', 'change']),
    ],
    actions: { 'notification.read': ['read', 'operation'] },
  },
  'notice reading': {
    means: 'Marks that show that a member has read a notification',
    marking: 'OFFICIAL',
    looks: { none: 'one’s own reading' },
    tables: { notice_readings: { self: 'member_id', parent: ['notices', 'notice_id'] } },
    rules: [{ roles: 'member', relation: 'self', purpose: 'operation', verbs: ['read', 'add'] }, upkeep(['read'])],
    actions: { 'notification.acknowledge': ['add', 'operation'] },
  },
};
