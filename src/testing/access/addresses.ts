/** Where each kind of record is to be found by its own address: its page, the form that changes it, the file that it is taken along as; and whose each is, said by hand. */
import type { Door, Me } from './oracle.ts';
import type { Row } from './world.ts';

export type Way = 'page' | 'form' | 'export';
export type Address = {
  readonly way: Way;
  readonly action: string;
  readonly door: Door;
  readonly table: string;
  readonly url: (row: Row) => string;
  /** Beside that the record is hers to read; on a form, that it is hers to change. */
  readonly may?: (me: Me, row: Row) => boolean;
  /** What else she must be able to set out on. */
  readonly needs?: string;
  /** Asked with these answers in place of looked at: a name is not shown before it is said why. */
  readonly asking?: Readonly<Record<string, string>>;
  /** Whoever may read it and may not do this is told in place why not. */
  readonly tells?: true;
  /** It may also lead on, to what she has written already: that has an address of its own here. */
  readonly leadsOn?: true;
  /** The page is of more than this record: it opens for the rest as well, and shows nothing of this. */
  readonly opensFor?: (me: Me, row: Row) => boolean;
  /** Sent empty it changes nothing: it is shown again with what is wrong. */
  readonly empty?: true;
};

const staff: Door = 'main/staff';
const help: Door = 'safeguarding/safeguarding';
const at =
  (before: string, after = '') =>
  (row: Row): string =>
    `/staff/${before}/${row.id}${after}`;
const page = (action: string, table: string, url: Address['url'], more: Partial<Address> = {}): Address => ({
  way: 'page',
  action,
  door: staff,
  table,
  url,
  ...more,
});
const form = (action: string, table: string, url: Address['url'], more: Partial<Address> = {}): Address => ({
  ...page(action, table, url, more),
  way: 'form',
});
const file = (action: string, table: string, url: Address['url'], more: Partial<Address> = {}): Address => ({
  ...page(action, table, url, more),
  way: 'export',
});
/** No figure leaves before somebody has put her name to it. */
const isSigned = (me: Me, { id }: Row): boolean => me.find('return_signatures', id) !== undefined;
const empty = { empty: true } as const;
/** What is asked of whoever takes a file along. */
const taking = { why: 'for a partner or the coordinator of the operation', words: 'Reference 7' } as const;

/** By the agency asked, as long as what it was shown is not over. */
const askedOf = (me: Me, { id, to_agency }: Row): boolean => to_agency === me.agency && stillShown(me, id);
const talksOf = (me: Me, { id, to_agency, from_agency }: Row): boolean =>
  [to_agency, from_agency].includes(me.agency) && stillShown(me, id);
const stillShown = (me: Me, id: unknown): boolean =>
  me
    .rows('person_grants')
    .some(
      ({ referral_id, ended_at, until }) => referral_id === id && ended_at === null && new Date(String(until)) > me.now,
    );
const toldHer = (me: Me, { recipient }: Row): boolean => recipient === me.agency;

/** Somebody whom she has a note of, or of whom she reads what was agreed, told or shown otherwise. */
const knowsOf = (me: Me, { person_id }: Row): boolean =>
  me.rows('notes').some((note) => note.encounter_id === person_id && me.sees('notes', note.id)) ||
  ['consents', 'disclosures', 'person_grants'].some((table) =>
    me.rows(table).some((row) => row.person_id === person_id && me.sees(table, row.id)),
  );

const whyContact = { why: 'A colleague has to reach the person about a question' } as const;

/** Somebody else than who asked and who is asked for, while it waits. */
const confirms = (me: Me, { id, member_id, asked_by }: Row): boolean => {
  const askers = asked_by as readonly string[];
  return (
    member_id !== me.id &&
    !askers.includes(me.id) &&
    me.find('confirmation_decisions', id) === undefined &&
    (askers.length > 0 || me.is('data-protection lead'))
  );
};
/** The same on both lines: what is asked of who told it, what is held, who is on call. */
const reportsAddresses = (path: string, of: string, door: Door): Address[] => [
  page(`${of}reporter contact.read`, 'report_contacts', at(`${path}/contacts`), { door, asking: whyContact }),
  page(`${of}contact opening.read`, 'contact_openings', at(`${path}/contacts/requests`), { door }),
  // A decision is a row of its own: the request itself stays as it was asked.
  page(`${of}contact opening.decide`, 'contact_openings', at(`${path}/contacts/requests`, '/decide'), {
    door,
    ...empty,
    may: (me, { id, asked_by, until }) =>
      asked_by !== me.id && me.find('contact_decisions', id) === undefined && new Date(String(until)) > me.now,
    tells: true,
  }),
  form(`${of}hold.end`, 'retention_holds', at(`${path}/retention/holds`, '/end'), { door, ...empty }),
];

/** A report that was closed, or taken back, is written to no more: its reader is told so in place. */
const whileItGoesOn = {
  tells: true,
  may: (_me: Me, { state }: Row): boolean => state === 'open' || state === 'asked',
} as const;

export const addresses: readonly Address[] = [
  page('week.read', 'weeks', at('weeks')),
  form('week.change', 'weeks', at('weeks', '/edit'), empty),
  page('operation.read', 'operations', at('operations')),
  page('operation.read', 'operations', at('operations', '/people')),
  form('operation.change', 'operations', at('operations', '/edit'), empty),
  page('decision.read', 'operations', at('operations', '/decisions'), { may: (me, { id }) => me.inside(id) }),
  page('return.read', 'operations', at('returns/operations'), { door: 'main/statistics' }),
  page('briefing time.read', 'teams', at('teams', '/time')),
  page('briefing.read', 'briefings', at('briefings')),
  // With the plan around it: a team is told of its own target in its briefing.
  page('target.open', 'premises', at('premises'), {
    may: (me, { operation_id }) =>
      me.glassOn(operation_id) || (me.is('planner', 'commander') && me.inside(operation_id)),
  }),
  page('target.read', 'premises', at('premises', '/history')),
  form('target.change', 'premises', at('premises', '/edit'), empty),
  form('target.change', 'powers', ({ id, premises_id }) => `/staff/premises/${premises_id}/powers/${id}`),
  // A visit bears the id of its plan, whose page it is until somebody has arrived.
  page('visit.read', 'planned_visits', at('visits')),
  form('visit.record', 'visits', at('visits', '/correct'), empty),
  page('encounter.read', 'encounters', at('encounters')),
  page('encounter.read', 'encounters', at('encounters', '/brief')),
  form('encounter.record', 'encounters', at('encounters', '/correct'), empty),
  page('name.read', 'encounter_names', at('encounters', '/name'), {
    asking: { why: 'to know whom an arrest or a warrant is about' },
  }),
  form('name.record', 'encounter_names', at('encounters', '/name/record')),
  // Whoever gave advice was at the door: without the visit there is no person to write of.
  page('note.write', 'encounters', ({ id }) => `/staff/safeguarding/encounters/${id}/note`, {
    needs: 'encounter.read',
    leadsOn: true,
  }),
  page('sign.read', 'observations', at('observations')),
  form('sign.record', 'observations', at('observations', '/correct'), empty),
  page('arrest.read', 'arrests', at('arrests')),
  form('arrest.record', 'arrests', at('arrests', '/correct'), empty),
  form('screening.record', 'screenings', at('arrests', '/screening')),
  page('seizure.read', 'seizures', at('seizures')),
  form('seizure.record', 'seizures', at('seizures', '/correct'), empty),
  form('search.record', 'searches', at('visits', '/search')),
  page('note.read', 'notes', at('safeguarding/notes'), { door: help }),
  form('note.correct', 'notes', at('safeguarding/notes', '/correct'), { door: help, ...empty }),
  page('referral.make', 'notes', at('safeguarding/notes', '/refer'), { door: help, ...empty }),
  page('referral.read', 'referrals', at('safeguarding/referrals'), { door: help }),
  form('referral.decide', 'referrals', at('safeguarding/referrals', '/decide'), { door: help, ...empty, may: askedOf }),
  form('referral.decide', 'referrals', at('safeguarding/referrals', '/finish'), { door: help, ...empty, may: askedOf }),
  form('referral.ask', 'referrals', at('safeguarding/referrals', '/ask'), { door: help, ...empty, may: talksOf }),
  page('consent.read', 'consents', ({ person_id }) => `/staff/safeguarding/people/${person_id}/agreed`, {
    door: help,
    opensFor: knowsOf,
  }),
  form('consent.withdraw', 'consents', at('safeguarding/consents', '/withdraw'), { door: help, ...empty }),
  page('grant end.hear', 'grant_ends', at('safeguarding/ended'), { door: help, may: toldHer }),
  page('person.read', 'persons', at('safeguarding/persons'), { door: help }),
  form('person.correct', 'persons', at('safeguarding/persons', '/correct'), { door: help, ...empty }),
  page('return.read', 'returns', at('returns'), { door: 'main/statistics' }),
  page('return.workings', 'return_workings', ({ return_id }) => `/staff/returns/${return_id}/checks`, {
    door: 'main/statistics',
  }),
  file('return.take', 'returns', at('returns', '/take'), {
    door: 'main/statistics',
    may: isSigned,
    asking: { ...taking, shape: 'csv' },
  }),
  file('return.take', 'returns', at('returns', '/take'), {
    door: 'main/statistics',
    may: isSigned,
    asking: { ...taking, shape: 'json' },
  }),
  page('release.read', 'releases', at('releases'), { door: 'main/publisher' }),
  file('release.take', 'releases', at('releases', '/take'), { door: 'main/publisher', asking: taking }),
  page('cutting.read', 'cuttings', at('archive'), { door: 'main/publisher' }),
  form('cutting.remove', 'cuttings', at('archive', '/remove'), {
    door: 'main/publisher',
    may: (me, { agency_id }) => agency_id === me.agency,
  }),
  page('account.read', 'accounts', ({ member_id }) => `/staff/accounts/${member_id}`),
  form('account.change', 'accounts', ({ member_id }) => `/staff/accounts/${member_id}/roles`, {
    // Nobody changes her own roles.
    may: (me, { member_id }) => member_id !== me.id,
  }),
  page('account.read', 'accounts', ({ member_id }) => `/staff/accounts/${member_id}/sessions`),
  page('invitation.read', 'invitations', at('accounts/invitations')),
  page('confirmation.read', 'confirmations', at('confirmations')),
  page('confirmation.decide', 'confirmations', at('confirmations', '/decide'), {
    ...empty,
    tells: true,
    may: confirms,
  }),
  form('pass.end', 'shift_passes', at('passes', '/end')),
  page('glass.read', 'break_glass', at('glass')),
  page('glass.review', 'break_glass', at('glass', '/review'), {
    tells: true,
    // Somebody else of whoever leads the operation, once it has ended, and once.
    may: (me, { id, member_id, owner_id, until, ended_at }) =>
      owner_id === me.agency &&
      member_id !== me.id &&
      new Date(String(ended_at ?? until)) <= me.now &&
      me.find('glass_reviews', id) === undefined,
  }),
  form('exception.end', 'safeguarding_exceptions', at('exceptions', '/end'), { door: 'main/auditor' }),
  page('request.read', 'subject_requests', at('oversight/requests'), { door: 'main/auditor' }),
  page('help request.read', 'subject_requests', at('oversight/behind/requests'), { door: 'safeguarding/auditor' }),
  form('witness.end', 'log_witnesses', at('log/witnesses', '/end'), { door: 'main/auditor' }),
  form('session.end', 'sessions', at('sessions', '/end'), {
    // Another's are ended on the page of her account.
    may: (me, { member_id, ended_at }) => member_id === me.id && ended_at === null,
  }),
  form('taking part.change', 'teams', at('teams', '/edit')),
  page('report.read', 'reports', at('reports')),
  page('report.answer', 'reports', at('reports', '/write'), { ...empty, ...whileItGoesOn }),
  page('report file.read', 'report_files', at('report-files')),
  page('report file.take', 'report_files', at('report-files', '/take')),
  page('help report.read', 'reports', at('safeguarding/reports'), { door: help }),
  page('help report.answer', 'reports', at('safeguarding/reports', '/write'), {
    door: help,
    ...empty,
    ...whileItGoesOn,
  }),
  page('help report file.read', 'report_files', at('safeguarding/report-files'), { door: help }),
  page('help report file.take', 'report_files', at('safeguarding/report-files', '/take'), { door: help }),
  ...reportsAddresses('reports', '', staff),
  ...reportsAddresses('safeguarding/reports', 'help ', help),
  page('policy.read', 'policy_versions', at('who-sees-what/versions')),
  file('policy.read', 'policy_versions', at('who-sees-what/versions', '/who-can-see-what.md')),
];

/** Pages of many: every row that a person may read by the door, or as many of them as the page is of, and no other's. */
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
  /** A table whose rows stand on it too, and are counted with it. */
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
  list('grant end.read', 'grant_ends', 'safeguarding/ended', { door: help }),
  list('return.read', 'returns', 'returns', { door: 'main/statistics' }),
  list('release.read', 'releases', 'newsroom', { door: 'main/publisher' }),
  list('release.draft', 'returns', 'newsroom/returns', { door: 'main/publisher' }),
  list('cutting.read', 'cuttings', 'archive', { door: 'main/publisher', ...every }),
  list('cutting.read', 'cuttings', 'archive?q=invented', { door: 'main/publisher' }),
  list('report.read', 'reports', 'reports', every),
  list('contact opening.read', 'contact_openings', 'reports/contacts', every),
  list('hold.read', 'retention_holds', 'reports/retention/holds'),
  list('alert.read', 'danger_alerts', 'reports/on-call'),
  list('help report.read', 'reports', 'safeguarding/reports', { door: help, ...every }),
  list('help contact opening.read', 'contact_openings', 'safeguarding/reports/contacts', { door: help, ...every }),
  list('help hold.read', 'retention_holds', 'safeguarding/reports/retention/holds', { door: help }),
  list('help alert.read', 'danger_alerts', 'safeguarding/reports/on-call', { door: help }),
  list('account.read', 'accounts', 'accounts', {
    known: ({ member_id }) => String(member_id),
    // Who is here for one shift stands with the passes.
    all: (me, { member_id }) => me.find('members', member_id)?.shift_only === false,
    beside: 'invitations',
  }),
  list('pass.read', 'shift_passes', 'passes'),
  list('glass.read', 'break_glass', 'glass'),
  list('glass.audit', 'break_glass', 'glass/audit', { door: 'main/auditor' }),
  list('exception.read', 'safeguarding_exceptions', 'exceptions', { door: 'main/auditor', ...every }),
  list('request.read', 'subject_requests', 'oversight/requests', { door: 'main/auditor' }),
  list('log.sealed', 'log_witnesses', 'log', { door: 'main/auditor' }),
  list('confirmation.read', 'confirmations', 'confirmations'),
  list('session.list', 'sessions', 'sessions'),
  list('way-in.read', 'passkeys', 'ways-in', {
    known: ({ id }) => String(id),
    all: (me, { member_id }) => member_id === me.id,
  }),
  list('notice.read', 'notices', 'notices', { way: 'notification' }),
  list('home.read', 'notices', '', { way: 'notification' }),
  list('home.read', 'break_glass', '', {
    way: 'notification',
    known: ({ id }) => `/glass/${id}/review`,
    // It stays until it is done: whoever else of the leading agency answers for it.
    all: (me, { id, owner_id, member_id, until, ended_at }) =>
      me.is('commander', 'data-protection lead') &&
      owner_id === me.agency &&
      member_id !== me.id &&
      new Date(String(ended_at ?? until)) <= me.now &&
      me.find('glass_reviews', id) === undefined,
  }),
  list('way-in.read', 'sign_in_notices', 'signed-in', { way: 'notification' }),
  list('log.read', 'access_log', 'oversight/ours/take', { way: 'export', door: 'main/auditor' }),
  list('log.sealed', 'log_checkpoints', 'log/checkpoints/main', { way: 'export', door: 'main/auditor' }),
  list('policy.read', 'policy_versions', 'who-sees-what/who-can-see-what.md', { way: 'export' }),
];

/** What the first page counts for somebody. */
export type Telling = {
  readonly action: string;
  readonly door: Door;
  readonly table: string;
  readonly waits: (me: Me, row: Row) => boolean;
  readonly said: RegExp;
};
export const tellings: readonly Telling[] = [
  {
    action: 'visit.read',
    door: staff,
    table: 'visits',
    waits: (_me, { finished_at }) => finished_at === null,
    said: /([\w-]+) visits? not finished/,
  },
  {
    action: 'referral.decide',
    door: help,
    table: 'referrals',
    waits: (me, { to_agency, state, ended }) => to_agency === me.agency && state === 'sent' && ended === null,
    said: /([\w-]+) requests? for help to decide/,
  },
  {
    action: 'grant end.hear',
    door: help,
    table: 'grant_ends',
    waits: (me, { recipient, ended, heard_at }) =>
      recipient === me.agency && ended === 'taken back' && heard_at === null,
    said: /([\w-]+) (?:person has|people have) taken back what you were shown/,
  },
  {
    action: 'report.read',
    door: staff,
    table: 'reports',
    waits: (_me, { unread, state }) => unread === true || state === 'open',
    said: /([\w-]+) reports? waits?/,
  },
];
