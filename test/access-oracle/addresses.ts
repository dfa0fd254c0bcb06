/** Where each kind of record is to be found by its own address: its page, the form that changes it, the file that it is taken along as; and whose each is, said by hand. */
import { exchangeAddresses } from './addresses-exchange.ts';
import { intelligenceAddresses } from './addresses-intelligence.ts';
import { meetingAddresses } from './addresses-meetings.ts';
import { sidesAddresses } from './addresses-sides.ts';
import type { Door, Me } from './oracle.ts';
import type { Row } from './world.ts';

export type Way = 'page' | 'form' | 'export';
export type Address = {
  readonly way: Way;
  readonly action: string;
  readonly door: Door;
  readonly table: string;
  readonly url: (row: Row) => string;
  /** A further condition. Reading the record is always required; on a form, changing it is. */
  readonly may?: (me: Me, row: Row) => boolean;
  /** An action that the member must also be allowed. */
  readonly needs?: string;
  /** Sent with these answers instead of a plain GET: a name is not shown without a reason. */
  readonly asking?: Readonly<Record<string, string>>;
  /** A member who may read the record but may not do this sees an explanation on the page. */
  readonly tells?: true;
  /** It may also redirect to what the member has written already, which has its own address here. */
  readonly leadsOn?: true;
  /** The page covers more than this record: it may open for other records, and shows nothing of this one. */
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
export type Making = (action: string, table: string, url: Address['url'], more?: Partial<Address>) => Address;
const making =
  (way: Way, door: Door): Making =>
  (action, table, url, more = {}) => ({ way, action, door, table, url, ...more });
const [page, form, file] = [making('page', staff), making('form', staff), making('export', staff)];
/** By the process of the safeguarding database. */
const helpPage = making('page', help);
const helpForm = making('form', help);
/** A figure leaves only after the member signed it. */
const isSigned = (me: Me, { id }: Row): boolean => me.find('return_signatures', id) !== undefined;
const empty = { empty: true } as const;
/** The answers that an export form requires. */
const taking = { why: 'for a partner or the coordinator of the operation', words: 'Reference 7' } as const;

/** By a caseworker of the agency asked, or by the sender where that agency is not on Safelight, as long as what it was shown is not over. */
const askedOf = (me: Me, { id, to_agency, from_agency, outside }: Row): boolean =>
  (outside === true ? from_agency === me.agency : to_agency === me.agency && me.is('partner caseworker')) &&
  stillShown(me, id);
/** By the agency that sent it on a ground of the law, as long as it is not over. */
const calledBackBy = (me: Me, { from_agency, ground, state, ended }: Row): boolean =>
  from_agency === me.agency && ground !== 'agreed' && state !== 'declined' && ended === null;
const talksOf = (me: Me, { id, to_agency, from_agency, outside }: Row): boolean =>
  outside === false && [to_agency, from_agency].includes(me.agency) && stillShown(me, id);
const stillShown = (me: Me, id: unknown): boolean =>
  me.rows('person_grants').some((grant) => grant.referral_id === id && isOpen(me, grant));
/** What one agency may see of a person, while it is not over. */
const isOpen = (me: Me, { ended_at, until }: Row): boolean => ended_at === null && new Date(String(until)) > me.now;
const sharedByOwn = (me: Me, row: Row): boolean => row.from_agency === me.agency && isOpen(me, row);
/** The member knows the person by a note or a record, and the consent is still in force. */
const tells = (me: Me, { act, withdrawn_at, until, person_id }: Row): boolean =>
  act === 'share' && withdrawn_at === null && new Date(String(until)) > me.now && hasOf(me, person_id);
/** The member reads a note, the record, or a record that was opened after the encounter. */
const hasOf = (me: Me, personId: unknown): boolean =>
  me.sees('persons', personId) ||
  me.rows('notes').some(({ id, encounter_id }) => encounter_id === personId && me.sees('notes', id)) ||
  me.rows('persons').some(({ id, origin_id }) => origin_id === personId && me.sees('persons', id));
/** A second person, while nobody has answered. */
const answersIt = (me: Me, { timing, asked_by, agency_id, approved_at, refused_at, reviewed_at }: Row): boolean =>
  asked_by !== me.id &&
  agency_id === me.agency &&
  (timing === 'at once' ? reviewed_at === null : approved_at === null && refused_at === null);
const keepsIt = (me: Me, { agency_id }: Row): boolean => agency_id === me.agency;
const wroteIt = (me: Me, { recorded_by }: Row): boolean => recorded_by === me.id;
const toldHer = (me: Me, { recipient }: Row): boolean => recipient === me.agency;

/** The member has a note or a record of the person, or reads a consent, a disclosure or a grant about them. */
const knowsOf = (me: Me, { person_id }: Row): boolean =>
  hasOf(me, person_id) ||
  ['consents', 'disclosures', 'person_grants'].some((table) =>
    me.rows(table).some((row) => row.person_id === person_id && me.sees(table, row.id)),
  );
const whyContact = { why: 'A colleague has to reach the person about a question' } as const;
/** By another member than the requester and the person concerned, while it waits. */
const confirms = (me: Me, { id, member_id, asked_by }: Row): boolean => {
  const askers = asked_by as readonly string[];
  return (
    member_id !== me.id &&
    !askers.includes(me.id) &&
    me.find('confirmation_decisions', id) === undefined &&
    (askers.length > 0 || me.is('data-protection lead'))
  );
};
/** Another member than the one who proposed it, once, while it is the newest of its part. */
const decidesOnSetting = (me: Me, { id, kind, part, proposed_by }: Row): boolean =>
  proposed_by !== me.id &&
  me.find('public_setting_decisions', id) === undefined &&
  !me.rows('public_settings').some((one) => one.kind === kind && one.part === part && String(one.id) > String(id));
/** Another member than the requester, in time and once: the request itself stays as it was asked. */
const decides = (me: Me, { id, asked_by, until }: Row): boolean =>
  asked_by !== me.id && me.find('source_identity_decisions', id) === undefined && new Date(String(until)) > me.now;
/** The same on both lines: questions to the source, holds, and who is on call. */
const reportsAddresses = (path: string, of: string, door: Door): Address[] => {
  const requests = `${path}/source-identity/requests`;
  return [
    page(`${of}source identity.read`, 'report_contacts', at(`${path}/source-identity`), { door, asking: whyContact }),
    page(`${of}source identity request.read`, 'source_identity_requests', at(requests), { door }),
    page(`${of}source identity request.decide`, 'source_identity_requests', at(requests, '/decide'), {
      door,
      ...empty,
      may: decides,
      tells: true,
    }),
    form(`${of}hold.end`, 'report_retention_holds', at(`${path}/retention/holds`, '/end'), { door, ...empty }),
  ];
};

/** A closed or withdrawn report gets no more messages: the page explains this to its reader. */
const whileItGoesOn = {
  tells: true,
  may: (_me: Me, { state }: Row): boolean => state === 'open' || state === 'asked',
} as const;

export const addresses: readonly Address[] = [
  page('week.read', 'weeks', at('weeks')),
  form('week.change', 'weeks', at('weeks', '/edit'), empty),
  page('week.plan', 'weeks', at('weeks', '/copy')),
  form('partner default.change', 'partner_defaults', at('partner-defaults', '/edit'), empty),
  page('operation.read', 'operations', at('operations')),
  page('operation.read', 'operations', at('operations', '/people')),
  page('operation.read', 'operations', at('operations', '/schedule'), {
    may: (me, { id }) => me.inside(id) || me.glassOn(id),
  }),
  page('target.open', 'operations', at('operations', '/premises'), {
    may: (me, { id }) => me.glassOn(id) || (me.is('planner', 'commander') && me.inside(id)),
  }),
  page('target.plan', 'operations', at('operations', '/premises/file'), { may: (me, { id }) => me.inside(id) }),
  file('target.plan', 'operations', at('operations', '/premises/file/template'), {
    may: (me, { id }) => me.inside(id),
  }),
  page('plan file.read', 'plan_files', at('plan-files')),
  page('plan file.remove', 'plan_files', at('plan-files', '/remove'), {
    may: (me, { operation_id }) => me.is('planner') && me.inside(operation_id),
  }),
  page('visit photo.read', 'visit_photos', at('visit-photos')),
  form('plan file.add', 'operations', at('operations', '/files/new'), { ...empty, may: (me, { id }) => me.inside(id) }),
  form('visit photo.add', 'visits', at('visits', '/photos/new'), empty),
  page('target.plan', 'operations', at('operations', '/premises/copy'), { may: (me, { id }) => me.inside(id) }),
  page('target.read', 'operations', at('operations', '/board'), { may: (me, { id }) => me.inside(id) }),
  form('operation.change', 'operations', at('operations', '/edit'), empty),
  page('decision.read', 'operations', at('operations', '/decisions'), { may: (me, { id }) => me.inside(id) }),
  page('return.read', 'operations', at('returns/operations'), { door: 'main/statistics' }),
  page('briefing time.read', 'teams', at('teams', '/time')),
  page('briefing.read', 'briefings', at('briefings')),
  page('briefing.read', 'briefings', at('briefings', '/iimarch')),
  file('briefing.read', 'briefings', at('briefings', '/iimarch/pdf')),
  page('plan paper.read', 'operations', at('operations', '/debrief'), { may: (me, { id }) => me.inside(id) }),
  page('plan paper.read', 'powers', at('warrant-applications')),
  // Includes the plan around it, so it is for planners: a team reads its own target in its briefing.
  page('target.open', 'premises', at('premises'), {
    may: (me, { operation_id }) =>
      me.glassOn(operation_id) || (me.is('planner', 'commander') && me.inside(operation_id)),
  }),
  page('target.read', 'premises', at('premises', '/history')),
  form('target.change', 'premises', at('premises', '/edit'), empty),
  form('target.change', 'powers', ({ id, premises_id }) => `/staff/premises/${premises_id}/powers/${id}`),
  // A visit bears the id of its plan, whose page it is until somebody has arrived.
  page('visit.read', 'planned_visits', at('visits')),
  ...['/search-record', '/notice-of-powers', '/consent-to-search'].map((paper) =>
    page('visit paper.read', 'planned_visits', at('visits', paper)),
  ),
  // Only a warrant goes back to a court.
  page('visit paper.read', 'planned_visits', at('visits', '/warrant-return'), {
    may: (_me, { power_id }) => power_id !== null,
  }),
  form('visit.record', 'visits', at('visits', '/correct'), empty),
  page('encounter.read', 'encounters', at('encounters')),
  page('encounter.read', 'encounters', at('encounters', '/brief')),
  form('encounter.record', 'encounters', at('encounters', '/correct'), empty),
  form('encounter.record', 'encounters', at('encounters', '/children-services')),
  page('name.read', 'encounter_names', at('encounters', '/name'), {
    asking: { why: 'to know whom an arrest or a warrant is about' },
  }),
  form('name.record', 'encounter_names', at('encounters', '/name/record')),
  // An adviser was at the visit: without a visit there is no person to write a note about.
  page('note.write', 'encounters', ({ id }) => `/staff/safeguarding/encounters/${id}/note`, {
    needs: 'encounter.read',
    leadsOn: true,
  }),
  page('sign.read', 'observations', at('indicators')),
  form('sign.record', 'observations', at('indicators', '/correct'), empty),
  page('arrest.read', 'arrests', at('arrests')),
  form('arrest.record', 'arrests', at('arrests', '/correct'), empty),
  form('screening.record', 'screenings', at('arrests', '/screening')),
  page('notification.acknowledge', 'notices', at('notifications', '/open'), { asking: {}, leadsOn: true }),
  form('child notification.record', 'child_notifications', at('arrests', '/child')),
  page('officer referral.read', 'nrm_referrals', at('nrm-referrals')),
  page('officer referral.write', 'nrm_referral_contents', at('nrm-referrals', '/draft'), { may: wroteIt }),
  page('officer referral.write', 'nrm_referral_contents', at('nrm-referrals', '/consent/large-type'), { may: wroteIt }),
  form('officer referral.write', 'nrm_referral_contents', at('nrm-referrals', '/close'), empty),
  ...['/submission/correct', '/decision'].map((what) =>
    form('officer referral.write', 'nrm_referral_contents', at('nrm-referrals', what), { may: wroteIt, leadsOn: true }),
  ),
  // Open to colleagues who may read that there is one. The database decides who takes it over.
  page('officer referral.take over', 'nrm_referrals', at('nrm-referrals', '/take-over'), { ...empty, leadsOn: true }),
  page('officer referral.review', 'nrm_referral_contents', at('nrm-referrals', '/review'), {
    asking: { why: 'to supervise the officer' },
  }),
  page('seizure.read', 'seizures', at('seizures')),
  form('seizure.record', 'seizures', at('seizures', '/correct'), empty),
  form('search.record', 'searches', at('visits', '/search')),
  helpPage('note.read', 'notes', at('safeguarding/notes')),
  helpForm('note.correct', 'notes', at('safeguarding/notes', '/correct'), empty),
  helpPage('referral.make', 'notes', at('safeguarding/notes', '/refer'), empty),
  helpPage('referral.read', 'referrals', at('safeguarding/referrals')),
  helpForm('referral.decide', 'referrals', at('safeguarding/referrals', '/decide'), { ...empty, may: askedOf }),
  helpForm('referral.decide', 'referrals', at('safeguarding/referrals', '/finish'), { ...empty, may: askedOf }),
  helpForm('referral.take back', 'referrals', at('safeguarding/referrals', '/take-back'), {
    ...empty,
    may: calledBackBy,
  }),
  // The form adds a message, and changes no referral.
  helpPage('referral.ask', 'referrals', at('safeguarding/referrals', '/ask'), { ...empty, may: talksOf }),
  helpPage('consent.read', 'consents', ({ person_id }) => `/staff/safeguarding/people/${person_id}/consents`, {
    opensFor: knowsOf,
  }),
  helpPage('consent.read', 'consents', at('safeguarding/consents', '/words')),
  helpForm('consent.withdraw', 'consents', at('safeguarding/consents', '/withdraw'), {
    ...empty,
    may: (_, { refused }) => refused !== true,
  }),
  helpPage('disclosure.read', 'disclosures', at('safeguarding/disclosures')),
  helpForm('disclosure.approve', 'disclosures', at('safeguarding/disclosures', '/answer'), {
    ...empty,
    may: answersIt,
  }),
  // Those of this world were made without what stood on a page: of none there is anything to send.
  helpPage('referral.make', 'disclosures', at('safeguarding/disclosures', '/send'), { may: () => false }),
  helpPage('grant end.acknowledge', 'withdrawn_grants', at('safeguarding/ended-grants'), { may: toldHer }),
  helpPage('person.read', 'persons', at('safeguarding/people')),
  helpPage('person.read', 'persons', at('safeguarding/people', '/history')),
  helpPage('referral.read', 'persons', at('safeguarding/people', '/referrals')),
  helpPage('nrm referral.read', 'persons', at('safeguarding/people', '/nrm')),
  helpPage('help.read', 'contact_notes', ({ person_id }) => `/staff/safeguarding/people/${person_id}/help`),
  helpPage('paper.read', 'persons', at('safeguarding/people', '/documents')),
  helpPage('paper.add', 'persons', at('safeguarding/people', '/documents/new'), empty),
  helpPage('paper.read', 'person_documents', at('safeguarding/documents')),
  helpPage('help.write', 'persons', at('safeguarding/people', '/needs'), empty),
  helpPage('help.write', 'persons', at('safeguarding/people', '/offer'), empty),
  helpPage('referral.make', 'persons', at('safeguarding/people', '/refer'), empty),
  helpPage('grant.make', 'consents', at('safeguarding/consents', '/share'), { may: tells }),
  helpPage('shared information.read', 'person_grants', at('safeguarding/received-information'), {
    may: (me, row) => row.act === 'share' && isOpen(me, row),
  }),
  helpPage('letter.read', 'person_grants', at('safeguarding/grants', '/letter'), { may: sharedByOwn }),
  helpPage('shared information.export', 'person_grants', at('safeguarding/grants', '/file'), {
    ...empty,
    may: sharedByOwn,
  }),
  helpForm('person.correct', 'persons', at('safeguarding/people', '/correct'), empty),
  helpPage('person.export', 'persons', at('safeguarding/people', '/export'), { ...empty, may: keepsIt }),
  file('person.export', 'persons', at('safeguarding/people', '/export'), {
    door: help,
    asking: { ...taking, ground: 'the person takes it along' },
    // A member who may only write cannot export the record.
    may: (me, row) => keepsIt(me, row) && me.is('safeguarding lead', 'partner caseworker'),
  }),
  helpPage('task.read', 'persons', at('safeguarding/people', '/actions')),
  ...['new', 'offered', 'health'].map((what) =>
    helpPage('task.add', 'persons', at('safeguarding/people', `/actions/${what}`), empty),
  ),
  helpPage('task.read', 'person_actions', at('safeguarding/actions')),
  helpForm('task.change', 'person_actions', at('safeguarding/actions', '/finish'), { ...empty, leadsOn: true }),
  helpPage('handover.read', 'handovers', at('safeguarding/handovers')),
  helpPage('handover paper.read', 'handovers', at('safeguarding/handovers', '/paper')),
  ...exchangeAddresses({ page, form, file, taking, at }),
  ...meetingAddresses({ helpPage, helpForm, at }),
  helpForm('kept person.end', 'retention_facts', at('safeguarding/retention/facts', '/end')),
  helpPage('nrm referral.raise', 'persons', at('safeguarding/people', '/nrm-referral'), { leadsOn: true }),
  helpPage('nrm referral.read', 'nrm_drafts', at('safeguarding/nrm-referrals')),
  helpPage('nrm referral.read', 'nrm_drafts', at('safeguarding/nrm-referrals', '/draft')),
  helpPage('nrm referral.export', 'nrm_drafts', at('safeguarding/nrm-referrals', '/export')),
  ...['/question', '/decision'].map((what) =>
    helpForm('nrm referral.change', 'nrm_drafts', at('safeguarding/nrm-referrals', what), { leadsOn: true, ...empty }),
  ),
  ...['/parts/2', '/first-responder', '/submitted'].map((what) =>
    helpForm('nrm referral.change', 'nrm_drafts', at('safeguarding/nrm-referrals', what), { leadsOn: true }),
  ),
  helpForm('nrm referral.submit', 'nrm_drafts', at('safeguarding/nrm-referrals', '/submit'), {
    leadsOn: true,
    ...empty,
  }),
  ...sidesAddresses({ page, form, helpPage, helpForm, at }),
  page('return.read', 'returns', at('returns'), { door: 'main/statistics' }),
  page('return.workings', 'return_workings', ({ return_id }) => `/staff/returns/${return_id}/checks`, {
    door: 'main/statistics',
  }),
  page('return.countersign', 'returns', at('returns', '/countersign'), { door: 'main/statistics' }),
  // A count that ended in a return leads on to it.
  page('return.count', 'count_requests', at('returns/counts'), { door: 'main/statistics', leadsOn: true }),
  ...['csv', 'json', 'xlsx'].map((shape) =>
    file('return.export', 'returns', at('returns', '/export'), {
      door: 'main/statistics',
      may: isSigned,
      asking: { ...taking, shape },
    }),
  ),
  page('published week.read', 'published_weeks', at('returns/published'), { door: 'main/statistics' }),
  form('published week.remove', 'published_weeks', at('returns/published', '/remove'), {
    door: 'main/statistics',
    may: (me, { agency_id }) => agency_id === me.agency,
  }),
  page('release.read', 'releases', at('releases'), { door: 'main/publisher' }),
  file('release.export', 'releases', at('releases', '/export'), { door: 'main/publisher', asking: taking }),
  page('submitted release.stop', 'submitted_releases', ({ id }) => `/staff/submitted-releases/${id}/picture.jpg`, {
    door: 'main/publisher',
    may: (_, { text }) => (text as { readonly picture: unknown }).picture !== null,
  }),
  page('submitted release.stop', 'submitted_releases', at('submitted-releases'), { door: 'main/publisher' }),
  form('press contact.remove', 'press_contacts', at('media-contacts', '/remove'), { door: 'main/publisher' }),
  page('imported release.read', 'imported_releases', at('imported-releases'), { door: 'main/publisher' }),
  form('imported release.remove', 'imported_releases', at('imported-releases', '/remove'), {
    door: 'main/publisher',
    may: (me, { agency_id }) => agency_id === me.agency,
  }),
  page('account.read', 'accounts', ({ member_id }) => `/staff/accounts/${member_id}`),
  form('account.change', 'accounts', ({ member_id }) => `/staff/accounts/${member_id}/roles`, {
    // Members cannot change their own roles.
    may: (me, { member_id }) => member_id !== me.id,
  }),
  page('account.read', 'accounts', ({ member_id }) => `/staff/accounts/${member_id}/sessions`),
  page('invitation.read', 'invitations', at('accounts/invitations')),
  page('role approval.read', 'confirmations', at('role-approvals')),
  page('role approval.decide', 'confirmations', at('role-approvals', '/decide'), {
    ...empty,
    tells: true,
    may: confirms,
  }),
  page('agreement.read', 'agreements', at('agreements')),
  form('agreement.change', 'agreements', at('agreements', '/edit'), { ...empty, tells: true }),
  form('agreement.withdraw', 'agreements', at('agreements', '/withdraw'), { ...empty, tells: true }),
  page('public setting.read', 'public_settings', at('settings/versions')),
  page('public setting.decide', 'public_settings', at('settings/versions', '/decide'), {
    ...empty,
    tells: true,
    may: decidesOnSetting,
  }),
  form('temporary access.end', 'temporary_access', at('temporary-access', '/end')),
  page('break-glass.read', 'break_glass', at('emergency-access')),
  page('break-glass.review', 'break_glass', at('emergency-access', '/review'), {
    tells: true,
    // By another member of the leading agency, once the emergency access has ended, and only once.
    may: (me, { id, member_id, owner_id, until, ended_at }) =>
      owner_id === me.agency &&
      member_id !== me.id &&
      new Date(String(ended_at ?? until)) <= me.now &&
      me.find('break_glass_reviews', id) === undefined,
  }),
  form('exception.end', 'safeguarding_exceptions', at('exceptions', '/end'), { door: 'main/auditor' }),
  page('request.read', 'subject_access_requests', at('oversight/requests'), { door: 'main/auditor' }),
  page('help request.read', 'subject_access_requests', at('oversight/safeguarding/requests'), {
    door: 'safeguarding/auditor',
  }),
  form('witness.end', 'log_witnesses', at('log/witnesses', '/end'), { door: 'main/auditor' }),
  form('session.end', 'sessions', at('sessions', '/end'), {
    // Sessions of others are ended on the page of their account.
    may: (me, { member_id, ended_at }) => member_id === me.id && ended_at === null,
  }),
  page('operation.read', 'partner_invitations', at('invitations')),
  form('partner invitation.answer', 'partner_invitations', at('invitations', '/decline'), {
    ...empty,
    tells: true,
    may: (me, { agency_id }) => agency_id === me.agency,
  }),
  form('partner invitation.answer', 'partner_invitations', at('invitations', '/telephone'), {
    ...empty,
    tells: true,
    may: (me, { operation_id }) => me.is('planner') && me.find('operations', operation_id)?.agency_id === me.agency,
  }),
  form('taking part.change', 'teams', at('teams', '/edit')),
  page('report.read', 'reports', at('reports')),
  page('report.answer', 'reports', at('reports', '/write'), { ...empty, ...whileItGoesOn }),
  page('report file.read', 'report_files', at('report-files')),
  page('report file.export', 'report_files', at('report-files', '/export')),
  ...intelligenceAddresses(page, form, file, at),
  helpPage('help report.read', 'reports', at('safeguarding/reports')),
  helpPage('help report.answer', 'reports', at('safeguarding/reports', '/write'), { ...empty, ...whileItGoesOn }),
  helpPage('help report file.read', 'report_files', at('safeguarding/report-files')),
  helpPage('help report file.export', 'report_files', at('safeguarding/report-files', '/export')),
  ...reportsAddresses('reports', '', staff),
  ...reportsAddresses('safeguarding/reports', 'help ', help),
  page('policy.read', 'policy_versions', at('access-rules/versions')),
  file('policy.read', 'policy_versions', at('access-rules/versions', '/who-can-see-what.md')),
];
