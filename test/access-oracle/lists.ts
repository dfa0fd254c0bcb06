/** Pages of many: lists, searches, files and what the first page counts; whose each row on them is, said by hand. */
import { sidesLists } from './addresses-sides.ts';
import type { Door, Me } from './oracle.ts';
import type { Row } from './world.ts';

const staff: Door = 'main/staff';
const help: Door = 'safeguarding/safeguarding';

/** List pages: each must show every row that the member may read by the process, up to its length, and no other row. */
export type List = {
  readonly way: 'search and count' | 'notification' | 'export';
  readonly action: string;
  readonly door: Door;
  readonly table: string;
  readonly url: string;
  /** Which rows it must show, page by page; where it says nothing, it may leave rows out. */
  readonly all?: (me: Me, row: Row) => boolean;
  /** How a row is known on it. */
  readonly known?: (row: Row) => string;
  /** A table whose rows are on the page too, and are counted with it. */
  readonly beside?: string;
};
const list = (action: string, table: string, url: string, more: Partial<List> = {}): List => ({
  way: 'search and count',
  action,
  door: staff,
  table,
  url: `/staff/${url}`,
  ...more,
});
const every = { all: () => true } as const;

export const lists: readonly List[] = [
  list('week.read', 'weeks', 'weeks', every),
  list('operation.read', 'operations', 'operations', every),
  list('visit.read', 'planned_visits', 'visits'),
  list('visit.read', 'planned_visits', 'visits?stage=underway'),
  list('note.read', 'notes', 'safeguarding', { door: help, ...every }),
  list('note.read', 'notes', 'safeguarding?waiting=yes', { door: help }),
  list('referral.read', 'referrals', 'safeguarding/referrals', { door: help, ...every }),
  list('grant end.read', 'withdrawn_grants', 'safeguarding/ended-grants', { door: help }),
  list('disclosure.read', 'disclosures', 'safeguarding/disclosures', { door: help }),
  list('task.read', 'person_actions', 'safeguarding/actions', {
    door: help,
    // Actions that other agencies added at a meeting have a page and are on no list of one's own.
    all: (me, { done_at, agency_id }) => done_at === null && agency_id === me.agency,
  }),
  list('task.read', 'person_actions', 'safeguarding/actions?mine=yes', { door: help }),
  list('case meeting.read', 'case_meetings', 'safeguarding/meetings', { door: help, ...every }),
  list('handover.read', 'handovers', 'safeguarding/handovers', { door: help, ...every }),
  list('reception.read', 'reception_centres', 'safeguarding/reception', { door: help }),
  list('shared information.read', 'person_grants', 'safeguarding/received-information', { door: help }),
  list('nrm referral.read', 'nrm_drafts', 'safeguarding/nrm-referrals', { door: help, ...every }),
  list('return.read', 'returns', 'returns', { door: 'main/statistics' }),
  list('exchange.read', 'exchange_weeks', 'returns/exchange', { door: 'main/statistics', ...every }),
  list('exchange.read', 'exchange_keys', 'returns/exchange/keys', { door: 'main/statistics', ...every }),
  list('return.read', 'returns', 'returns/weeks', { door: 'main/statistics' }),
  list('published week.read', 'published_weeks', 'returns/published', { door: 'main/statistics', ...every }),
  list('release.read', 'releases', 'newsroom', { door: 'main/publisher' }),
  list('submitted release.stop', 'submitted_releases', 'submitted-releases', { door: 'main/publisher', ...every }),
  list('press contact.read', 'press_contacts', 'media-contacts', { door: 'main/publisher' }),
  list('release.draft', 'returns', 'newsroom/returns', { door: 'main/publisher' }),
  list('imported release.read', 'imported_releases', 'imported-releases', { door: 'main/publisher', ...every }),
  list('imported release.read', 'imported_releases', 'imported-releases?q=invented', { door: 'main/publisher' }),
  list('report.read', 'reports', 'reports', every),
  list('report.read', 'reports', 'reports?show=waiting&way=public+form'),
  list('intelligence item.read', 'intelligence_items', 'intelligence', every),
  list('intelligence item.read', 'intelligence_items', 'intelligence?due=yes'),
  list('intelligence proposal.read', 'intelligence_proposals', 'intelligence/proposals', every),
  list('intelligence entity.read', 'intelligence_entities', 'intelligence/links'),
  list('deconfliction.read', 'deconfliction_matches', 'intelligence/checks', every),
  list('source identity request.read', 'source_identity_requests', 'reports/source-identity', every),
  list('hold.read', 'report_retention_holds', 'reports/retention/holds'),
  list('alert.read', 'danger_urgent_pages', 'reports/on-call'),
  list('help report.read', 'reports', 'safeguarding/reports', { door: help, ...every }),
  list('help source identity request.read', 'source_identity_requests', 'safeguarding/reports/source-identity', {
    door: help,
    ...every,
  }),
  list('help hold.read', 'report_retention_holds', 'safeguarding/reports/retention/holds', { door: help }),
  list('help alert.read', 'danger_urgent_pages', 'safeguarding/reports/on-call', { door: help }),
  ...sidesLists(list),
  list('account.read', 'accounts', 'accounts', {
    known: ({ member_id }) => String(member_id),
    // Members who are here for one shift are listed with temporary access.
    all: (me, { member_id }) => me.find('members', member_id)?.shift_only === false,
    beside: 'invitations',
  }),
  list('temporary access.read', 'temporary_access', 'temporary-access'),
  list('break-glass.read', 'break_glass', 'emergency-access'),
  list('break-glass.audit', 'break_glass', 'emergency-access/audit', { door: 'main/auditor' }),
  list('exception.read', 'safeguarding_exceptions', 'exceptions', { door: 'main/auditor', ...every }),
  list('request.read', 'subject_access_requests', 'oversight/requests', { door: 'main/auditor' }),
  list('log.sealed', 'log_witnesses', 'log', { door: 'main/auditor' }),
  list('public setting.read', 'public_settings', 'settings/history', every),
  list('agreement.read', 'agreements', 'agreements', every),
  list('role approval.read', 'confirmations', 'role-approvals'),
  list('session.list', 'sessions', 'sessions'),
  list('credential.read', 'passkeys', 'credentials', {
    known: ({ id }) => String(id),
    all: (me, { member_id }) => member_id === me.id,
  }),
  list('notification.read', 'notices', 'notifications', { way: 'notification' }),
  list('home.read', 'notices', '', { way: 'notification' }),
  list('home.read', 'break_glass', '', {
    way: 'notification',
    known: ({ id }) => `/emergency-access/${id}/review`,
    // It stays listed until another reviewer of the leading agency has reviewed it.
    all: (me, { id, owner_id, member_id, until, ended_at }) =>
      me.is('commander', 'data-protection lead') &&
      owner_id === me.agency &&
      member_id !== me.id &&
      new Date(String(ended_at ?? until)) <= me.now &&
      me.find('break_glass_reviews', id) === undefined,
  }),
  list('credential.read', 'sign_in_notices', 'signed-in', { way: 'notification' }),
  list('log.read', 'access_log', 'oversight/ours/export', { way: 'export', door: 'main/auditor' }),
  list('log.sealed', 'log_checkpoints', 'log/checkpoints/main', { way: 'export', door: 'main/auditor' }),
  list('policy.read', 'policy_versions', 'access-rules/who-can-see-what.md', { way: 'export' }),
];

/** What the first page counts for somebody. */
export type Telling = {
  readonly action: string;
  readonly door: Door;
  readonly table: string;
  readonly waits: (me: Me, row: Row) => boolean;
  /** The link for one, and for several with a hash for the number. */
  readonly said: readonly [one: string, many: string];
};
export const tellings: readonly Telling[] = [
  {
    action: 'visit.read',
    door: staff,
    table: 'visits',
    waits: (_me, { finished_at }) => finished_at === null,
    said: ['1 visit not finished', '# visits not finished'],
  },
  {
    action: 'referral.decide',
    door: help,
    table: 'referrals',
    waits: (me, { to_agency, state, ended }) => to_agency === me.agency && state === 'sent' && ended === null,
    said: ['Answer a referral', 'Answer # referrals'],
  },
  {
    action: 'case meeting.read',
    door: help,
    table: 'case_meetings',
    waits: (_me, { day, closed_at }) => closed_at === null && ['2026-09-18', '2026-09-19'].includes(String(day)),
    said: ['Go to a meeting about cases', 'Go to # meetings about cases'],
  },
  {
    action: 'grant end.acknowledge',
    door: help,
    table: 'withdrawn_grants',
    waits: (me, { recipient, ended, confirmed_at }) =>
      recipient === me.agency && ended === 'taken back' && confirmed_at === null,
    said: ['Confirm a withdrawal of consent', 'Confirm # withdrawals of consent'],
  },
  ...[
    { action: 'report.read', door: staff },
    { action: 'help report.read', door: help },
  ].flatMap((line): Telling[] => [
    {
      ...line,
      table: 'reports',
      waits: (_me, { unread, state, danger }) => danger !== true && (unread === true || state === 'open'),
      said: ['Answer a report', 'Answer # reports'],
    },
    {
      ...line,
      table: 'reports',
      waits: (_me, { unread, state, danger }) => danger === true && (unread === true || state === 'open'),
      said: ['Answer a report of danger', 'Answer # reports of danger'],
    },
  ]),
];
